import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTimeScalar } from '../../src/scalars/index.js';

describe('A DateTime', () => {
  it('is answered as it comes, with its microseconds', () => {
    expect(DateTimeScalar.serialize('2026-03-01T12:00:00.123456Z')).toBe('2026-03-01T12:00:00.123456Z');
    expect(DateTimeScalar.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01t12:00:00.1z', '2026-03-01T12:00:00.100Z'],
    ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123456Z'],
    ['2026-03-01T12:00:00.1234569Z', '2026-03-01T12:00:00.123456Z'],
    ['2026-03-01T01:30:00.000001+02:00', '2026-02-28T23:30:00.000001Z'],
    ['2024-02-29T23:59:59-12:00', '2024-03-01T11:59:59.000Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('takes %s and means %s', (given, meant) => {
    expect(DateTimeScalar.parseValue(given)).toBe(meant);
    expect(DateTimeScalar.parseLiteral({ kind: Kind.STRING, value: given })).toBe(meant);
  });

  it.each([
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-03-01 12:00:00Z',
    '2026-03-01T12:00Z',
    '2026-02-31T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:00+24:00',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '10000-01-01T00:00:00Z',
    'now',
    'infinity',
    '',
    1_700_000_000,
    new Date(0),
    null,
    true,
  ])('is not %j', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/^DateTime: expected RFC 3339 .*, got /);
  });

  it('is no number in a document', () => {
    expect(() => DateTimeScalar.parseLiteral({ kind: Kind.INT, value: '1' })).toThrow(/got IntValue/);
  });
});
