import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/import/columns/address.js';
import { readInstant } from '../../src/import/columns/instant.js';
import { readAmount, readSeconds, readWholeNumber } from '../../src/import/columns/numbers.js';
import { readIndexedText, readOneOf, readText } from '../../src/import/columns/text.js';
import { Fault } from '../../src/import/fault.js';
import { AddressScalar } from '../../src/scalars/address.js';

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
    ['2026-01-31T12:00', '2026-01-31T12:00:00Z'],
    ['2026-01-31 12:00:00 UTC', '2026-01-31T12:00:00Z'],
    ['2026-01-31 12:00:00 +0200', '2026-01-31T10:00:00Z'],
    ['31 Jan 2026 12:00', '2026-01-31T12:00:00Z'],
    ['31 Jan 2026, 12:00', '2026-01-31T12:00:00Z'],
    ['1 february 2026 12:00:30.5', '2026-02-01T12:00:30.5Z'],
    ['Sat, 31 Jan 2026 23:30:00 -0100', '2026-02-01T00:30:00Z'],
    ['1769860800', '2026-01-31T12:00:00Z'],
    ['1769860800.25', '2026-01-31T12:00:00.25Z'],
    ['1769860800123', '2026-01-31T12:00:00.123Z'],
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
    '17698608',
    '1769860800123456',
    '31 Feb 2026 12:00',
    '31 Foo 2026 12:00',
    'Jan 31 2026 12:00',
    '20260131T120000Z',
    'yesterday',
    'infinity',
    ' 2026-01-31T12:00:00Z',
  ])('%s is none', (text) => {
    expect(readInstant(text)).toBeInstanceOf(Fault);
  });
});

test.each(['03/04/2025', '03/04/2025 12:00', '3.4.25', '03-04-2025 12:00:00', '2025/03/04'])(
  '%s is refused with the forms that are taken, because its day and month can be mistaken',
  (text) => {
    expect(readInstant(text)).toEqual(
      new Fault(
        `expected a time whose day and month cannot be mistaken, such as 2026-01-31T12:00:00Z, 2026-01-31 12:00:00+01:00, 31 Jan 2026 12:00, or Unix seconds or milliseconds, got "${text}"`,
      ),
    );
  },
);

describe('A duration', () => {
  test.each([
    ['0', '0'],
    ['215', '215'],
    ['215.4', '215'],
    ['215.5', '216'],
    ['0.49999', '0'],
    ['2147483647.4', '2147483647'],
  ])('of %s seconds is %s', (text, seconds) => {
    expect(readSeconds(text)).toBe(seconds);
  });

  test.each(['-1', '3:35', '1e3', '215.', '.5', '215,5', '2147483647.5', 'NaN'])('cannot be %s', (text) => {
    expect(readSeconds(text)).toEqual(
      new Fault(`expected seconds from 0 to 2147483647, got ${JSON.stringify(text)}`),
    );
  });
});

describe('An address', () => {
  test('is what the scalar Address takes, and nothing else', () => {
    for (const text of [
      '0x1f',
      `0x${'f'.repeat(64)}`,
      '0xAB',
      '0x',
      'ab',
      '0xzz',
      `0x${'f'.repeat(65)}`,
      '0x1f ',
    ])
      expect(readAddress(text) instanceof Fault, text).toBe(isRefusedByScalar(text));
  });

  function isRefusedByScalar(text: string): boolean {
    try {
      return AddressScalar.parseValue(text) !== text;
    } catch {
      return true;
    }
  }
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
