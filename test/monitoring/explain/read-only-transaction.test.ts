import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { run } from '../../../src/database/execution/query.js';
import { explainingDatabase } from '../../../src/monitoring/explain/explaining-database.js';
import { inReadOnlyTransaction } from '../../../src/monitoring/explain/read-only-transaction.js';
import { describeEachDatabase } from '../../support/databases.js';

const limits = { maxStatements: 10, limitMs: 10_000 };

const ask = (database: Database, text: string) =>
  run(database, 'test', { compile: () => sql.raw(text).compile(database.kysely) });

describeEachDatabase('A transaction that explains', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.pool.query(`
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
        await ask(transaction.database, 'select 1');
        const explaining = explainingDatabase(
          transaction,
          limits,
          async ({ sql }) => void explained.push(sql),
        );
        await ask(explaining.database, text);
      }),
    ).rejects.toMatchObject({ name: 'GatewayError' });
    expect(explained).toEqual([]);
    const { rows } = await database.pool.query(
      `select (select count(*) from written) as rows, (select is_called from counted) as is_called, to_regclass('another') as another`,
    );
    expect(rows).toEqual([{ rows: 0, is_called: false, another: null }]);
  });

  it('cannot be left by way of a connection, a transaction or COPY', async () => {
    await inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const { database: explaining } = explainingDatabase(transaction, limits, async () => {});
      expect(() => explaining.pool.query('select 1')).toThrow(/expected a named query/i);
      await expect(explaining.transaction(async () => {})).rejects.toThrow(/expected a named query/i);
      await expect(explaining.kysely.transaction().execute(async () => {})).rejects.toThrow(
        /expected a named query/i,
      );
      await expect(explaining.kysely.selectFrom('plays').selectAll().execute()).rejects.toThrow(
        /got a query without a name/,
      );
      const client = await explaining.pool.connect();
      await expect(client.query('select 1')).rejects.toThrow(/expected a named query/i);
      await expect(client.query({ text: 'select 1' })).rejects.toThrow(
        'Expected a query with a name, got one without.',
      );
    });
  });

  it('sees one instant', async () => {
    if (kind === 'PGlite') return;
    const counts = await inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const count = async () => (await ask(transaction.database, 'select count(*) from songs'))[0];
      const before = await count();
      await database.pool.query(`insert into artists (artist_address, name) values ('0x1', 'One');
        insert into songs (song_id, title, artist_address, strategy) values ('one', 'One', '0x1', 'auction')`);
      return [before, await count()];
    });
    expect(counts[1]).toEqual(counts[0]);
  });

  it('ends with more statements than a document may cost', async () => {
    const asking = inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const explaining = explainingDatabase(transaction, { ...limits, maxStatements: 2 }, async () => {});
      for (const n of [1, 2, 3]) await ask(explaining.database, `select ${n}`);
    });
    await expect(asking).rejects.toMatchObject({ code: 'COST_LIMIT_EXCEEDED' });
  });

  it('begins no statement after the time that a document has', async () => {
    const asking = inReadOnlyTransaction(database, 5_000, async (transaction) => {
      const explaining = explainingDatabase(transaction, { ...limits, limitMs: 100 }, async () => {});
      await ask(explaining.database, 'select pg_sleep(0.15)');
      await ask(explaining.database, 'select 1');
    });
    await expect(asking).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'query: expected a document that is explained within 0.1 seconds, got one that takes longer',
    });
  });

  it('says TIMEOUT when a statement takes longer than its limit, and holds nothing afterwards', async () => {
    // The embedded database is one session, in which nobody can be in the way.
    if (kind === 'PGlite') return;
    const blocker = await database.pool.connect();
    await blocker.query('begin; lock table plays in access exclusive mode');
    const asking = inReadOnlyTransaction(database, 200, async (transaction) => {
      const explaining = explainingDatabase(transaction, limits, async () => {});
      await ask(explaining.database, 'select count(*) from plays');
    });
    await expect(asking).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'The database took longer than one query may take.',
    });
    await blocker.query('rollback');
    blocker.release();
    expect(await ask(database, `show statement_timeout`)).toEqual([{ statement_timeout: '10s' }]);
    expect(await ask(database, `show transaction_read_only`)).toEqual([{ transaction_read_only: 'off' }]);
  });
});
