import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { openServer } from '../../../src/database/server.js';
import { advise } from '../../../src/monitoring/advice/advise.js';
import { createWorkloadAdvice } from '../../../src/monitoring/advice/advise-workload.js';
import type { IndexSuggestion } from '../../../src/monitoring/advice/type.js';
import { explainAsJson } from '../../../src/monitoring/explain/explain-statement.js';
import { inReadOnlyTransaction } from '../../../src/monitoring/explain/read-only-transaction.js';
import { type Case, decoys, needs } from './cases.js';
import { type HypopgServer, hasHypopg, startHypopgServer } from './hypopg-server.js';
import { meets, suggestionsFor } from './proof.js';
import { settle, worldOf } from './world.js';

if (!hasHypopg)
  console.warn('Skipped: verified advice needs the Debian packages postgresql-15 and postgresql-15-hypopg.');

describe.skipIf(!hasHypopg)('Verified index advice', () => {
  let server: HypopgServer;
  let database: Database;
  const advised = new Map<Case, IndexSuggestion[]>();

  beforeAll(async () => {
    server = await startHypopgServer(['random_page_cost=1.1']);
    // One connection, so that what one look leaves behind would be seen by the next.
    database = openServer({ connectionString: server.url, poolSize: 1, statementTimeoutMs: 60_000 });
    await database.query('create extension hypopg; create extension pg_stat_statements');
    await database.query(worldOf(100_000));
    await database.query(settle);
    for (const one of [...needs, ...decoys]) advised.set(one, await suggestionsFor(database, one));
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  const planOf = async ({ sql, parameters = [] }: Case) => {
    const explained = await inReadOnlyTransaction(database, 10_000, (transaction) =>
      explainAsJson(transaction.reader, { sql, parameters }, false),
    );
    return { cost: explained.Plan['Total Cost'], text: JSON.stringify(explained) };
  };

  it('finds at least 8 of 10 needs, and 9 of 10 of its suggestions are right (G-PLAN-03)', () => {
    const found = needs.filter((need) => advised.get(need)!.some((suggestion) => meets(need, suggestion)));
    const right = needs.flatMap((need) => advised.get(need)!.filter((suggestion) => meets(need, suggestion)));
    const all = [...advised.values()].flat();
    const missed = needs.filter((need) => !found.includes(need)).map((need) => need.name);
    const wrong = decoys.filter((decoy) => advised.get(decoy)!.length > 0).map((decoy) => decoy.name);
    expect(all.every((suggestion) => suggestion.verified)).toBe(true);
    expect(found.length / needs.length, `missed: ${missed}`).toBeGreaterThanOrEqual(0.8);
    expect(right.length / all.length, `wrong: ${wrong}`).toBeGreaterThanOrEqual(0.9);
  });

  it.each(needs)('is what the planner then really uses: $name', async (need) => {
    const suggestions = advised.get(need)!;
    for (const { ddl } of suggestions)
      for (const statement of ddl.split('\n')) await database.query(statement);
    try {
      await database.query(`analyze ${need.table}`);
      const { cost, text } = await planOf(need);
      for (const { costBefore, costAfter } of suggestions) {
        expect(costAfter! / costBefore!).toBeLessThanOrEqual(0.7);
        expect(cost).toBeLessThan(0.75 * costBefore!);
      }
      expect(text).toContain(`_${suggestions[0]!.columns[0]}`);
      expect(await suggestionsFor(database, need)).toEqual([]);
    } finally {
      await dropMade();
    }
  });

  /** Drops what the world did not come with. */
  const dropMade = async () => {
    const { rows } = await database.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_index i on i.indexrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and not c.relispartition and not i.indisprimary and not i.indisunique
         and i.indrelid <> 'orders'::regclass`,
    );
    for (const { name } of rows) await database.query(`drop index ${name}`);
  };

  it('makes no index, and leaves none in the session that it borrowed', async () => {
    const countIndexes = 'select count(*)::int as count from pg_index';
    const before = await database.query(countIndexes);
    await suggestionsFor(database, needs[0]!);
    expect((await database.query(countIndexes)).rows).toEqual(before.rows);
    expect((await database.query('select from hypopg_list_indexes')).rows).toEqual([]);
  });

  it('gives the session back as it was when planning fails in the middle', async () => {
    let calls = 0;
    const asking = inReadOnlyTransaction(database, 10_000, async (transaction) => {
      await expect(
        advise(transaction, () => {
          calls += 1;
          const sql = calls < 2 ? 'select * from events where user_id = 5' : 'select 1 / 0 from nowhere';
          return explainAsJson(transaction.reader, { sql, parameters: [] }, false);
        }),
      ).rejects.toThrow();
      return transaction.session.query('select from hypopg_list_indexes');
    });
    expect((await asking).rows).toEqual([]);
    expect(calls).toBe(2);
  });

  it('says sizes and upkeep, and no value of the statement', () => {
    for (const [one, suggestions] of advised)
      for (const { reason, upkeep, estimatedBytes, needs: missing } of suggestions) {
        expect(estimatedBytes).toBeGreaterThanOrEqual(8192);
        expect(missing).toBeNull();
        expect(reason).toMatch(/rows of public\.\w+ are (read|found|sorted)/);
        expect(upkeep).toMatch(/^Every (insert|refresh).* writes an entry of about \d+ bytes/);
        for (const value of [one.parameters ?? []].flat(2)) expect(reason).not.toContain(String(value));
      }
  });

  it('comes from the statements that the server has executed, the most saving first (G-PLAN-04)', async () => {
    await database.query('select pg_stat_statements_reset()');
    for (let n = 0; n < 5; n++)
      await database.query(
        `select /* shop.latest */ * from events where kind = $1 order by at desc limit $2`,
        [`kind-${n}`, 20],
      );
    await database.query(`select count(*) from events where kind = 'kind-77'`);
    await database.query(`select email from users where referrer_id = 3`);
    await database.query(`select * from orders where user_id = 3`);
    await database.query(`select date '2026-01-01' + n from generate_series(1, 3) n`);
    await database.query(`create table copies as select * from colors where name = 'color-3'`);
    const adviseWorkload = createWorkloadAdvice({ monitoringPool: database });
    const advice = await adviseWorkload(10);
    expect(advice).toMatchObject({ available: true, needs: [] });
    expect(advice.suggestions.map(({ index }) => index.ddl)).toEqual([
      'CREATE INDEX CONCURRENTLY ON public.events (kind, at DESC);',
      'CREATE INDEX CONCURRENTLY ON public.users (referrer_id) WHERE referrer_id IS NOT NULL;',
    ]);
    const [first] = advice.suggestions;
    expect(first!.statements.map(({ name, calls }) => [name, calls])).toEqual([
      ['shop.latest', 5],
      [null, 1],
    ]);
    expect(first!.savedMs).toBeGreaterThan(0);
    expect(first!.statements[1]!.sql).toBe('select count(*) from events where kind = $1');
    expect((await adviseWorkload(1)).suggestions).toHaveLength(1);
    expect((await database.query('select from pg_prepared_statements')).rows).toEqual([]);
    expect((await database.query('select from hypopg_list_indexes')).rows).toEqual([]);
  });

  it('leaves alone what other roles have executed, because planning it would run with the rights of the gateway', async () => {
    await database.query('select pg_stat_statements_reset()');
    await database.query(`
      create role stranger; grant usage, create on schema public to stranger; grant select on events to stranger;
      create table touched (n int); create sequence touches; grant all on touched, touches to stranger`);
    await database.query(`
      set role stranger;
      create function sly(int) returns int immutable language sql as 'select nextval(''touches'')::int';
      select * from events where user_id = sly(5);
      reset role`);
    const before = await database.query('select last_value from touches');
    const { suggestions } = await createWorkloadAdvice({ monitoringPool: database })(10);
    expect(suggestions.filter(({ index }) => index.table === 'public.events')).toEqual([]);
    expect((await database.query('select last_value from touches')).rows).toEqual(before.rows);
  });
});
