import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { BigIntScalar } from '../../src/scalars/index.js';

describe('A BigInt', () => {
  it.each([
    [0, 0],
    ['42', 42],
    [2n ** 53n - 1n, 9007199254740991],
    [-(2n ** 53n) + 1n, -9007199254740991],
    [2n ** 53n, '9007199254740992'],
    [2n ** 53n + 1n, '9007199254740993'],
    [-(2n ** 63n), '-9223372036854775808'],
  ])('answers %s as %j: a number where a number is exact, else a text', (value, answered) => {
    expect(BigIntScalar.serialize(value)).toBe(answered);
  });

  it.each([
    [7, '7'],
    [-0, '0'],
    ['9007199254740993', '9007199254740993'],
    ['-0', '0'],
    ['007', '7'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
  ])('takes %j', (value, parsed) => {
    expect(BigIntScalar.parseValue(value)).toBe(parsed);
    expect(BigIntScalar.parseLiteral({ kind: Kind.STRING, value: String(value) })).toBe(parsed);
    expect(BigIntScalar.parseLiteral({ kind: Kind.INT, value: String(value) })).toBe(parsed);
  });

  it.each([
    '9223372036854775808',
    '-9223372036854775809',
    2 ** 53,
    1.5,
    '1.0',
    '1e3',
    '',
    ' 1',
    '+1',
    '0x1',
    '١',
    Number.NaN,
    true,
    null,
    [],
    {},
  ])('is not %j', (value) => {
    expect(() => BigIntScalar.parseValue(value)).toThrow(/^BigInt: expected a whole number .{0,100}$/);
  });

  it('is not repeated at length when it is refused', () => {
    expect(() => BigIntScalar.parseValue('9'.repeat(10_000))).toThrow(/^.{0,200}$/);
  });

  it('is no fraction in a document', () => {
    expect(() => BigIntScalar.parseLiteral({ kind: Kind.FLOAT, value: '1.0' })).toThrow(/got FloatValue/);
  });
});
