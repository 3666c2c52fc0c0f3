import { describe, expect, it } from 'vitest';
import { variablesFault } from '../../src/limits/documents/nesting.js';

const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);
const nested = (levels: number): object => (levels === 0 ? {} : { not: nested(levels - 1) });

describe('The variables of a request', () => {
  it.each([
    ['64 levels', 64, nested],
    ['500 objects and lists', 499, (count: number) => ({ orderBy: times(count, {}) })],
    ['2500 values', 2_499, (count: number) => ({ ids: times(count, 1) })],
    [
      '500 fields in one object',
      500,
      (count: number) => ({ filter: Object.fromEntries(times(count, 1).map((one, at) => [`f${at}`, one])) }),
    ],
  ])('may have at most %s', (most, count, make) => {
    expect(variablesFault(make(count))).toBeNull();
    expect(variablesFault(make(count + 1))).toBe(`The variables: expected at most ${most}, got more.`);
  });
});
