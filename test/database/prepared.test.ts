import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPrepared, type PreparedStatement, parameterTexts } from '../../src/database/wire/prepared.js';
import { RowClient } from '../../src/database/wire/row-client.js';
import { valueTypes } from '../../src/database/wire/values.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server?.stop());

function rowsOf(client: pg.Client, statement: PreparedStatement): Promise<unknown[]> {
  return new Promise((resolve, reject) => askPrepared(client, statement, resolve, reject));
}

describe.each([
  ['the client of the driver', pg.Client],
  ['the client that hands rows over as they come', RowClient],
])('A prepared statement over %s', (_title, Client) => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new Client({ connectionString: server.url, types: valueTypes });
    await client.connect();
  });
  afterAll(() => client?.end());
  const ask = (name: string, text: string, values: readonly unknown[] = []) =>
    rowsOf(client, { name, text, values: parameterTexts(values) as (string | null)[] });

  it('gives what the driver gives, whatever the types, the first time and later', async () => {
    const text = `select 1::int4 as whole, 9007199254740993::int8 as large, 12.50::numeric as exact, null::text as nothing,
      'ü "x"' as text, true as yes, 1.5::float8 as real, timestamptz '2026-01-31 12:00:00.123456+02' as instant,
      '{"a":[1]}'::jsonb as document, array['a', null, 'b,c'] as list, date '2026-01-31' as day
      from generate_series(1, 3)`;
    const { rows } = await client.query(text);
    for (let time = 0; time < 3; time++) expect(await ask('types', text)).toEqual(rows);
  });

  it('gives rows of any length, letter for letter, whatever the driver reads in between', async () => {
    const text = `select n, $1::text as a, case when n % 3 = 0 then null else repeat($1, n) end as b, '' as c,
      repeat('x', n * $2::int) as d from generate_series(0, 40) as n`;
    const value = fc.string({ unit: fc.constantFrom(...'abc"\\ü€😀\u007f\u0080'), maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(value, fc.nat({ max: 300 }), async (a, times) => {
        const [prepared, { rows: ordinary }, again] = await Promise.all([
          ask('lengths', text, [a, times]),
          client.query(text, [a, times]),
          ask('lengths', text, [a, times]),
        ]);
        expect(prepared).toEqual(ordinary);
        expect(again).toEqual(ordinary);
      }),
      { numRuns: 100 },
    );
    const large = `select repeat('ü', $1::int) as a, repeat('x', $1::int) as b from generate_series(1, 3)`;
    for (const size of [10, 70_000, 3_000_000])
      expect(
        (await ask('large', large, [size])).map((row) =>
          Object.values(row as object).map((text: string) => text.length),
        ),
      ).toEqual(Array.from({ length: 3 }, () => [size, size]));
  });

  it('binds texts of any kind, alone and in lists', async () => {
    const text = 'select $1::text as one, $2::text[] as many, $3::int8 as whole, $4::bool as yes';
    const values = fc.string({ unit: fc.constantFrom(...'ab"\\{},\n\u0001ü€😀', 'NULL') });
    await fc.assert(
      fc.asyncProperty(
        fc.option(values),
        fc.array(fc.option(values), { maxLength: 4 }),
        fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
        fc.boolean(),
        async (one, many, whole, yes) => {
          const [row] = await ask('binding', text, [one, many, whole, yes]);
          expect(row).toEqual({ one, many, whole: Number(whole), yes });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leaves to the driver what it has no text for', () => {
    expect(parameterTexts([1, new Date()])).toBeNull();
    expect(parameterTexts([[{ a: 1 }]])).toBeNull();
    expect(parameterTexts([1, 2n, 'a', true, null, undefined])).toEqual(['1', '2', 'a', 'true', null, null]);
  });

  it('is prepared once for each connection, and described once', async () => {
    const other = new Client({ connectionString: server.url, types: valueTypes });
    await other.connect();
    try {
      const statement = { name: 'twice', text: 'select $1::int as one', values: ['7'] };
      for (const each of [client, other, client, other])
        expect(await rowsOf(each, statement)).toEqual([{ one: 7 }]);
      const { rows } = await client.query(`select count(*) from pg_prepared_statements where name = 'twice'`);
      expect(rows).toEqual([{ count: 1 }]);
    } finally {
      await other.end();
    }
  });

  it('says what is wrong with it, and spoils nothing for whoever asks next', async () => {
    const text = 'select 1 / $1::int as whole';
    await expect(ask('dividing', text, [0])).rejects.toMatchObject({ code: '22012' });
    await expect(ask('dividing', text, ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect(await ask('dividing', text, [1])).toEqual([{ whole: 1 }]);
    await expect(ask('dividing', text, [0])).rejects.toMatchObject({ code: '22012' });
    expect(await ask('dividing', text, [1])).toEqual([{ whole: 1 }]);
    await expect(ask('nowhere', 'select * from nowhere')).rejects.toMatchObject({ code: '42P01' });
    expect(await ask('nothing', 'select 1 as one where false')).toEqual([]);
  });

  it('fails with its connection', async () => {
    const lost = new Client({ connectionString: server.url });
    lost.on('error', () => {});
    await lost.connect();
    const sleeping = expect(
      rowsOf(lost, { name: 'sleeping', text: 'select pg_sleep(60)', values: [] }),
    ).rejects.toMatchObject({ code: '57P01' });
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity
      where query = 'select pg_sleep(60)' and state = 'active'`;
    await expect.poll(async () => (await client.query(kill)).rowCount).toBe(1);
    await sleeping;
    await expect(rowsOf(lost, { name: 'late', text: 'select 1', values: [] })).rejects.toThrow();
  });
});
