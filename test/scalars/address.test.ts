import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AddressScalar } from '../../src/scalars/index.js';

describe('An Address', () => {
  it.each(['0x0', '0xaBcDeF', '0x00a', `0x${'f'.repeat(64)}`])('stays as it is written: %s', (address) => {
    expect(AddressScalar.serialize(address)).toBe(address);
    expect(AddressScalar.parseValue(address)).toBe(address);
    expect(AddressScalar.parseLiteral({ kind: Kind.STRING, value: address })).toBe(address);
  });

  it.each([
    '',
    '0x',
    'a11ce',
    '0xg',
    '0X1',
    ' 0x1',
    '0x1 ',
    '0x1\n',
    `0x${'f'.repeat(65)}`,
    1,
    null,
    true,
    ['0x1'],
  ])('is not %j', (value) => {
    expect(() => AddressScalar.parseValue(value)).toThrow(/^Address: expected 0x and 1 to 64 .*, got /s);
  });

  it('is no number in a document, though it looks like one', () => {
    expect(() => AddressScalar.parseLiteral({ kind: Kind.INT, value: '1' })).toThrow(/got IntValue/);
  });
});
