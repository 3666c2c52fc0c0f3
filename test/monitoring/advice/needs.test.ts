import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { type Need, needsOf } from '../../../src/monitoring/advice/plan-reading/needs.js';
import { explainAsJson } from '../../../src/monitoring/explain/explain-statement.js';
import { inReadOnlyTransaction } from '../../../src/monitoring/explain/read-only-transaction.js';
import { openFresh } from '../../support/databases.js';

let database: Database;
beforeAll(async () => {
  database = await openFresh();
  await database.query(`
    create table visits (id int, at int) partition by range (id);
    create table visits_low partition of visits for values from (0) to (10);
    create table visits_high partition of visits for values from (10) to (20);
    create table users (id int, at int);
    create table teams (id int, at int);
    set enable_mergejoin = off;
    set enable_nestloop = off;`);
});
afterAll(() => database?.close());

/** The scans of a statement's plan by alias: the relation, the alias that it is sorted by, and its joined columns. */
async function readNeeds(sql: string): Promise<Record<string, string>> {
  const { Plan: plan } = await inReadOnlyTransaction(database, 10_000, (transaction) =>
    explainAsJson(transaction.reader, { sql, parameters: [] }, false),
  );
  const textOf = ({ relation, sort, joins }: Need) =>
    [
      relation,
      ...(sort ?? []).map((step) => `sorted by ${step.alias}.${step.column}`),
      ...joins.map((join) => `joined by ${join.alias}.${join.column}`),
    ].join(', ');
  return Object.fromEntries(needsOf(plan).map((need) => [need.alias, textOf(need)]));
}

describe('A name in a plan', () => {
  it('means the table of that alias, and none whose alias only looks like that of a partition', async () => {
    expect(
      await readNeeds(
        'select * from users join teams users_1 on users_1.id = users.id order by users.at limit 5',
      ),
    ).toEqual({
      users: 'users, sorted by users.at, joined by users.id',
      users_1: 'teams, joined by users_1.id',
    });
  });

  it('of a partitioned table means its partitions, whatever other tables are called', async () => {
    expect(
      await readNeeds('select * from visits v join teams v_1 on v_1.id = v.id order by v.at limit 5'),
    ).toEqual({
      v_1: 'teams, joined by v_1.id',
      v_2: 'visits_low, sorted by v.at, joined by v.id',
      v_3: 'visits_high, sorted by v.at, joined by v.id',
    });
  });

  it('of a partitioned table means the only partition that is left', async () => {
    expect(
      await readNeeds(
        'select * from visits v join teams v_1 on v_1.id = v.id where v.id = 3 order by v.at limit 5',
      ),
    ).toMatchObject({ v: expect.stringMatching(/^visits_low, sorted by v.at/) });
  });
});
