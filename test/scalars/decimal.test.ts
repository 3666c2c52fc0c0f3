import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DecimalScalar } from '../../src/scalars/index.js';

describe('A Decimal', () => {
  it.each(['0', '-1.5', '12.50000000', '9999999999.99999999', '123456789012345678901234567890.12345678'])(
    'keeps every digit of %s in both directions',
    (text) => {
      expect(DecimalScalar.serialize(text)).toBe(text);
      expect(DecimalScalar.parseValue(text)).toBe(text);
      expect(DecimalScalar.parseLiteral({ kind: Kind.STRING, value: text })).toBe(text);
      expect(DecimalScalar.parseLiteral({ kind: Kind.FLOAT, value: text })).toBe(text);
    },
  );

  it.each([
    [0.1, '0.1'],
    [-3, '-3'],
    [0.00000001, '1e-8'],
    [1e21, '1e+21'],
  ])('may come as the number %d', (number, text) => {
    expect(DecimalScalar.parseValue(number)).toBe(text);
    expect(DecimalScalar.parseLiteral({ kind: Kind.FLOAT, value: String(number) })).toBe(text);
  });

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '',
    ' ',
    ' 1',
    '1,5',
    '0x10',
    '1_000',
    '١',
    '1e400',
    '.',
    '--1',
    `1${'0'.repeat(60)}`,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    true,
    null,
    {},
    ['1'],
  ])('is not %j', (value) => {
    expect(() => DecimalScalar.parseValue(value)).toThrow(/^Decimal: expected a number or a string .*, got /);
  });

  it('is no boolean, list or object in a document', () => {
    expect(() => DecimalScalar.parseLiteral({ kind: Kind.BOOLEAN, value: true })).toThrow(/got BooleanValue/);
  });

  it('is not repeated at length when it is refused', () => {
    expect(() => DecimalScalar.parseValue('x'.repeat(10_000))).toThrow(/^.{0,200}$/);
  });
});
