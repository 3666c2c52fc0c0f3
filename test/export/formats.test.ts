import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { ExportColumn } from '../../src/export/export-list.js';
import { csv } from '../../src/export/formats/csv.js';
import type { Chunk, Format } from '../../src/export/formats/format.js';
import { ndjson } from '../../src/export/formats/ndjson.js';
import { parquet } from '../../src/export/formats/parquet.js';
import { microseconds, unscaled } from '../../src/export/formats/parquet-columns.js';
import { readParquet } from './read-parquet.js';

const columns: readonly ExportColumn[] = [
  { field: 'songId', kind: 'id', nullable: false },
  { field: 'title', kind: 'text', nullable: true },
  { field: 'strategy', kind: 'strategy', nullable: true },
  { field: 'plays', kind: 'count', nullable: false },
  { field: 'earnings', kind: 'decimal', nullable: true },
  { field: 'lastPlayed', kind: 'instant', nullable: true },
  { field: 'isPartial', kind: 'flag', nullable: false },
];
const rows = [
  ['a', '', 'gift-economy', 0, '-12.50000000', '2026-03-01T12:00:00.123456Z', true],
  ['b', null, null, 2n ** 63n - 1n, '12345678901234567890.000000000000000001', null, false],
  ['-c', '=1+1', 'auction', -5, null, '1969-12-31T23:59:59.999Z', false],
];

async function write(
  format: Format,
  pieces: readonly (readonly unknown[])[][],
  of = columns,
): Promise<Chunk[]> {
  const encoder = await format.start(of, { generation: '7' });
  return [encoder.begin(), ...pieces.map((piece) => encoder.encode(piece)), encoder.end()];
}

const bytesOf = (chunks: readonly Chunk[]) => Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));

test('CSV has a byte order mark, a header, and texts that are no formulas; numbers and times stay what they are', async () => {
  expect((await write(csv, [rows])).join('')).toBe(
    [
      '\ufeffsongId,title,strategy,plays,earnings,lastPlayed,isPartial',
      'a,"",GIFT_ECONOMY,0,-12.50000000,2026-03-01T12:00:00.123456Z,true',
      'b,,,9223372036854775807,12345678901234567890.000000000000000001,,false',
      "'-c,'=1+1,AUCTION,-5,,1969-12-31T23:59:59.999Z,false",
      '',
    ].join('\r\n'),
  );
});

test.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1'])(
  'CSV puts an apostrophe before %j',
  async (title) => {
    const text = (await write(csv, [[['a', title]]], columns.slice(0, 2))).join('');
    expect(parseCsv(text, { bom: true, columns: true, record_delimiter: '\r\n' })).toEqual([
      { songId: 'a', title: `'${title}` },
    ]);
  },
);

test('CSV quotes what would end a field or a row, and a missing value that would be an empty line', async () => {
  const title = columns.slice(1, 2);
  expect((await write(csv, [[['a "b",\r\nc'], [null], ["'"]]], title)).join('')).toBe(
    '\ufefftitle\r\n"a ""b"",\r\nc"\r\n""\r\n\'\r\n',
  );
});

test('NDJSON has the values of an answer of GraphQL, an object a line', async () => {
  const lines = (await write(ndjson, [rows.slice(0, 1), rows.slice(1)])).join('').trimEnd().split('\n');
  expect(lines).toEqual([
    '{"songId":"a","title":"","strategy":"GIFT_ECONOMY","plays":0,"earnings":"-12.50000000","lastPlayed":"2026-03-01T12:00:00.123456Z","isPartial":true}',
    '{"songId":"b","title":null,"strategy":null,"plays":"9223372036854775807","earnings":"12345678901234567890.000000000000000001","lastPlayed":null,"isPartial":false}',
    '{"songId":"-c","title":"=1+1","strategy":"AUCTION","plays":-5,"earnings":null,"lastPlayed":"1969-12-31T23:59:59.999Z","isPartial":false}',
  ]);
});

describe('Parquet', () => {
  test('has real types and every digit', async () => {
    const { metadata, rows: read } = await readParquet(bytesOf(await write(parquet, [rows])));
    expect(
      metadata.schema
        .slice(1)
        .map(({ type, converted_type, repetition_type, precision, scale }) => [
          type,
          converted_type,
          repetition_type,
          ...(precision ? [precision, scale] : []),
        ]),
    ).toEqual([
      ['BYTE_ARRAY', 'UTF8', 'REQUIRED'],
      ['BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
      ['BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
      ['INT64', undefined, 'REQUIRED'],
      ['FIXED_LEN_BYTE_ARRAY', 'DECIMAL', 'OPTIONAL', 38, 18],
      ['INT64', 'TIMESTAMP_MICROS', 'OPTIONAL'],
      ['BOOLEAN', undefined, 'REQUIRED'],
    ]);
    expect(metadata.key_value_metadata).toEqual([{ key: 'generation', value: '7' }]);
    expect(read.map((row) => Object.values(row))).toEqual([
      ['a', '', 'GIFT_ECONOMY', 0n, '-12.500000000000000000', 1_772_366_400_123_456n, true],
      ['b', null, null, 2n ** 63n - 1n, '12345678901234567890.000000000000000001', null, false],
      ['-c', '=1+1', 'AUCTION', -5n, null, -1_000n, false],
    ]);
  });

  test('has row groups of bounded size, and gives each away once it is full', async () => {
    const piece = (from: number) =>
      Array.from({ length: 500 }, (_, n) => [
        `song-${from + n}`,
        `Title ${n % 7}`,
        null,
        from + n,
        '0.00000001',
        null,
        true,
      ]);
    const pieces = Array.from({ length: 11 }, (_, n) => piece(n * 500));
    const chunks = await write(parquet, pieces);
    expect(chunks.slice(1, -1).map((chunk) => chunk.length > 0)).toEqual(
      pieces.map((_, n) => n === 3 || n === 7),
    );
    const { metadata, rows: read } = await readParquet(bytesOf(chunks));
    expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([2_000, 2_000, 1_500]);
    expect(read.map(({ songId, plays }) => [songId, plays])).toEqual(
      pieces.flat().map((row) => [row[0], BigInt(row[3] as number)]),
    );
  });

  test('of nothing is a file without rows', async () => {
    const { metadata, rows: read } = await readParquet(bytesOf(await write(parquet, [])));
    expect([read, metadata.num_rows]).toEqual([[], 0n]);
  });
});

test('Decimals become whole numbers of their smallest unit; what is finer is rounded, and what is too large refused', () => {
  expect(unscaled('0.00000001')).toBe(10_000_000_000n);
  expect(unscaled('-1')).toBe(-(10n ** 18n));
  expect(unscaled('0.3333333333333333334')).toBe(333_333_333_333_333_333n);
  expect(unscaled('-0.0000000000000000005')).toBe(-1n);
  expect(() => unscaled('123456789012345678901')).toThrow(/20 digits/);
  expect(() => unscaled('NaN')).toThrow();
});

test('Times keep their microseconds', () => {
  expect(microseconds('1970-01-01T00:00:00.000Z')).toBe(0n);
  expect(microseconds('2026-03-01T12:00:00.000001Z')).toBe(1_772_366_400_000_001n);
});
