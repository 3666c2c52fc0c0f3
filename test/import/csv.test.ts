import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvRecord, openCsv } from '../../src/import/csv/records.js';
import { joinRecord } from '../../src/import/csv/split.js';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(text: string | Uint8Array, { holdsLineBreaks = true, size = 7 } = {}) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const csv = await openCsv(pieces(bytes, size), holdsLineBreaks);
  const records: CsvRecord[] = [];
  if (csv) for await (const some of csv.records) records.push(...some);
  return { header: csv?.header ?? null, records };
}

const fieldsOf = (records: readonly CsvRecord[]) => records.map((record) => record.fields);

describe('A CSV file', () => {
  test('is read as csv-parse reads it, however it is cut into pieces', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', 'é', '🎵', ',', '"', '\n', ' ', '0'),
      maxLength: 6,
    });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (rows, size, hasReturns) => {
          const names = rows[0]!.map((_, index) => `column ${index}`);
          const text = [names, ...rows].map((row) => joinRecord(row)).join('');
          const file = hasReturns ? text.replaceAll('\n', '\r\n') : text;
          const { header, records } = await read(file, { size });
          expect([header, ...fieldsOf(records)]).toEqual(parse(file));
        },
      ),
    );
  });

  test('may begin with a byte order mark, end without a line break and have blank lines', async () => {
    const { header, records } = await read('\uFEFFa,b\r\n\r\n1,2\r\n\n3,4');
    expect(header).toEqual(['a', 'b']);
    expect(records.map(({ line, fields }) => [line, ...fields])).toEqual([
      [3, '1', '2'],
      [5, '3', '4'],
    ]);
  });

  test('that is empty has no header', async () => {
    expect(await read('')).toEqual({ header: null, records: [] });
    expect(await read('\n\n')).toEqual({ header: null, records: [] });
  });

  test('loses one line to a stray quote, and no other', async () => {
    const { records } = await read('a,b\n1,2\n"3,4\n5,6\n7,8"9\n"x","y"\n');
    expect(records.map(({ line, fields, fault }) => [line, fault ?? fields])).toEqual([
      [2, ['1', '2']],
      [3, 'expected a closing quote, got none'],
      [4, ['5', '6']],
      [5, 'expected quotes around whole values only, got one elsewhere'],
      [6, ['x', 'y']],
    ]);
  });

  test('loses no lines between two stray quotes when its values hold no line breaks', async () => {
    const { records } = await read('a,b\n"1,2\n3,4\n5",6\n7,8\n', { holdsLineBreaks: false });
    expect(records.filter(({ fault }) => fault === null).map(({ line }) => line)).toEqual([3, 5]);
  });

  test('keeps the line breaks inside of quotes', async () => {
    const { records } = await read('a,b\n"one\ntwo",2\n3,"four\r\n\nfive"\n6,7');
    expect(fieldsOf(records)).toEqual([
      ['one\ntwo', '2'],
      ['3', 'four\r\n\nfive'],
      ['6', '7'],
    ]);
  });

  test('says how many columns a line has when they are not those of the header', async () => {
    const { records } = await read('a,b,c\n1,2\n1,2,3,4\n1,2,3\n');
    expect(records.map(({ fault }) => fault)).toEqual([
      'expected 3 columns, got 2',
      'expected 3 columns, got 4',
      null,
    ]);
  });

  test('with a line of 3 MB keeps only its beginning, and reads on', async () => {
    const { records } = await read(`a,b\n1,2\n${'x'.repeat(3_000_000)},2\n3,4\n`, { size: 65_536 });
    expect(records.map(({ line, fault }) => [line, fault])).toEqual([
      [2, null],
      [3, 'expected a line of at most 100000 characters, got a longer one'],
      [4, null],
    ]);
    expect(records[1]?.text.length).toBe(100_000);
  });
});
