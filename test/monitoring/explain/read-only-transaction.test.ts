import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { queryBuilder } from '../../../src/database/query-builder.js';
import { rawQuery } from '../../../src/database/raw-query.js';
import type { Reader } from '../../../src/database/reader/reader.js';
import { explainingReader } from '../../../src/monitoring/explain/explaining-reader.js';
import { inReadOnlyTransaction } from '../../../src/monitoring/explain/read-only-transaction.js';
import { describeEachDatabase } from '../../support/databases.js';
import { holdSession } from '../../support/hold-session.js';

const limits = { maxStatements: 10, limitMs: 10_000 };

const ask = (reader: Reader, text: string) => reader.read('test', rawQuery(sql.raw(text)));

describeEachDatabase('A transaction that explains', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.query(`
      create table written (n int);
      create sequence counted;
      create function write() returns int volatile language sql as 'insert into written values (1) returning 1'`);
  });
  afterAll(() => database?.close());

  it.each([
    ['an insert', 'insert into written values (1) returning n'],
    ['a function that writes', 'select write()'],
    ['a sequence', `select nextval('counted')`],
    ['a new table', 'create table another (n int)'],
    ['leaving the transaction for one that can write', 'set transaction read write'],
  ])('cannot write: %s', async (_way, text) => {
    const explained: string[] = [];
    await expect(
      inReadOnlyTransaction(database, 5_000, async (transaction) => {
        // After its first query a transaction cannot become one that writes.
        await ask(transaction.reader, 'select 1');
        const explaining = explainingReader(
          transaction.reader,
          limits,
          async ({ sql }) => void explained.push(sql),
        );
        await ask(explaining.reader, text);
      }),
    ).rejects.toMatchObject({ name: 'GatewayError' });
    expect(explained).toEqual([]);
    const { rows } = await database.query(
      `select (select count(*) from written) as rows, (select is_called from counted) as is_called, to_regclass('another') as another`,
    );
    expect(rows).toEqual([{ rows: 0, is_called: false, another: null }]);
  });

  it('cannot be left by way of a connection, a transaction or COPY', async () => {
    await inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const { reader } = explainingReader(transaction.reader, limits, async () => {});
      expect(Object.keys(reader)).toEqual(['read']);
      // Nor by way of the builder of queries, which is the same for all.
      await expect(queryBuilder.transaction().execute(async () => {})).rejects.toThrow(
        /got a query without a name/,
      );
      await expect(queryBuilder.selectFrom('plays').selectAll().execute()).rejects.toThrow(
        /got a query without a name/,
      );
      await expect(sql`select 1`.execute(queryBuilder)).rejects.toThrow(/got a query without a name/);
    });
  });

  it('sees one instant', async () => {
    if (kind === 'PGlite') return;
    const counts = await inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const count = async () => (await ask(transaction.reader, 'select count(*) from songs'))[0];
      const before = await count();
      await database.query(`insert into artists (artist_address, name) values ('0x1', 'One');
        insert into songs (song_id, title, artist_address, strategy) values ('one', 'One', '0x1', 'auction')`);
      return [before, await count()];
    });
    expect(counts[1]).toEqual(counts[0]);
  });

  it('ends with more statements than a document may cost', async () => {
    const asking = inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const explaining = explainingReader(
        transaction.reader,
        { ...limits, maxStatements: 2 },
        async () => {},
      );
      for (const n of [1, 2, 3]) await ask(explaining.reader, `select ${n}`);
    });
    await expect(asking).rejects.toMatchObject({ code: 'COST_LIMIT_EXCEEDED' });
  });

  it('begins no statement after the time that a document has', async () => {
    const asking = inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const explaining = explainingReader(transaction.reader, { ...limits, limitMs: 100 }, async () => {});
      await ask(explaining.reader, 'select pg_sleep(0.15)');
      await ask(explaining.reader, 'select 1');
    });
    await expect(asking).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'query: expected a document that is explained within 0.1 seconds, got one that takes longer',
    });
  });

  it('says TIMEOUT when a statement takes longer than its limit, and holds nothing afterwards', async () => {
    // The embedded database is one session, in which nobody can be in the way.
    if (kind === 'PGlite') return;
    const blocker = await holdSession(database);
    await blocker.query('begin; lock table plays in access exclusive mode');
    const asking = inReadOnlyTransaction(database, 200, async (transaction) => {
      const explaining = explainingReader(transaction.reader, limits, async () => {});
      await ask(explaining.reader, 'select count(*) from plays');
    });
    await expect(asking).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'The database took longer than one query may take.',
    });
    await blocker.query('rollback');
    blocker.release();
    expect(await ask(database.reader, `show statement_timeout`)).toEqual([{ statement_timeout: '10s' }]);
    expect(await ask(database.reader, `show transaction_read_only`)).toEqual([
      { transaction_read_only: 'off' },
    ]);
  });
});
