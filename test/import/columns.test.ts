import { describe, expect, test } from 'vitest';
import { readInstant } from '../../src/import/columns/instant.js';
import { readAmount, readWholeNumber } from '../../src/import/columns/numbers.js';
import { readIndexedText, readOneOf, readText } from '../../src/import/columns/text.js';
import { Fault } from '../../src/import/fault.js';

describe('A time', () => {
  test.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31t12:00:00.123456z', '2026-01-31T12:00:00.123456Z'],
    ['2026-01-31 12:00:00', '2026-01-31T12:00:00Z'],
    ['2026-01-31 12:00:00.5', '2026-01-31T12:00:00.5Z'],
    ['2026-01-31 12:00:00.123456+00', '2026-01-31T12:00:00.123456Z'],
    ['2026-01-31 23:30:00.25-01', '2026-02-01T00:30:00.25Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2026-01-01 00:30:00+0530', '2025-12-31T19:00:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['2026-01-31T12:00:00.123456789Z', '2026-01-31T12:00:00.123456Z'],
  ])('%s is %s', (text, utc) => {
    expect(readInstant(text)).toBe(utc);
  });

  test.each([
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:30:00-01:00',
    '10000-01-01T00:00:00Z',
    '-infinity',
    '2026-01-01T24:00:00Z',
    '2026-01-01T12:60:00Z',
    '2026-01-01T12:00:61Z',
    '2026-01-01T12:00:00+16:00',
    '2026-01-01',
    '1767225600',
    'yesterday',
    'infinity',
    ' 2026-01-31T12:00:00Z',
  ])('%s is none', (text) => {
    expect(readInstant(text)).toBeInstanceOf(Fault);
  });
});

describe('An amount', () => {
  const read = readAmount({ precision: 18, scale: 8 });

  test.each(['0', '0.25', '.5', '1.', '0.00000001', '9999999999.99999999', '00000000000001.5'])(
    'can be %s',
    (text) => {
      expect(read(text)).toBe(text);
    },
  );

  test.each(['-1', '-0.5', '0.123456789', '10000000000', '1e-5', 'NaN', '.', '1,5', ' 1', 'free', '0x10'])(
    'cannot be %s',
    (text) => {
      expect(read(text)).toBeInstanceOf(Fault);
    },
  );

  test('may have as many digits as the database has room for', () => {
    expect(readAmount({ precision: 6, scale: 2 })('1234.56')).toBe('1234.56');
    expect(readAmount({ precision: 6, scale: 2 })('1.234')).toEqual(
      new Fault('expected at most 2 decimals, got "1.234"'),
    );
  });
});

describe('A whole number', () => {
  test.each(['-1', '1.5', '1e3', '', '+1', '2147483648', '99999999999999999999'])('cannot be %s', (text) => {
    expect(readWholeNumber(0, 2 ** 31 - 1)(text)).toBeInstanceOf(Fault);
  });
});

describe('A text', () => {
  test('may be anything but what PostgreSQL cannot hold', () => {
    expect(readText('\\N \t "quoted" 🎵')).toBe('\\N \t "quoted" 🎵');
    expect(readText('a\0b')).toBeInstanceOf(Fault);
    expect(readText('a\uFFFDb')).toBeInstanceOf(Fault);
  });

  test('that is indexed has 1,024 bytes at most, however few characters they are', () => {
    expect(readIndexedText('g'.repeat(1024))).toBe('g'.repeat(1024));
    expect(readIndexedText('g'.repeat(1025))).toEqual(new Fault('expected at most 1024 bytes, got 1025'));
    expect(readIndexedText('🎵'.repeat(256))).toBe('🎵'.repeat(256));
    expect(readIndexedText('🎵'.repeat(257))).toEqual(new Fault('expected at most 1024 bytes, got 1028'));
    expect(readIndexedText('a\0b')).toBeInstanceOf(Fault);
  });

  test('of a few words is one of them', () => {
    expect(readOneOf(['auction', 'patronage'])('auction')).toBe('auction');
    expect(readOneOf(['auction', 'patronage'])('Auction')).toEqual(
      new Fault('expected one of auction, patronage, got "Auction"'),
    );
  });
});
