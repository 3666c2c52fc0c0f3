/** A query, and which index it needs, if any. */
export interface Case {
  readonly name: string;
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

/** A query that an index makes much faster. */
export interface PlantedNeed extends Case {
  /** The table, and the columns that a good index begins with, in either of these orders. */
  readonly table: string;
  readonly columns: readonly (readonly string[])[];
}

const code = '8f14e45fceea167a5a36dedd4bea2543';

export const needs: readonly PlantedNeed[] = [
  {
    name: 'one value of a unique text',
    sql: 'select * from events where session_code = $1',
    parameters: [code],
    table: 'events',
    columns: [['session_code']],
  },
  {
    name: 'one of many users',
    sql: 'select * from events where user_id = $1',
    parameters: [77],
    table: 'events',
    columns: [['user_id']],
  },
  {
    name: 'a varchar with 200 values',
    sql: 'select id, amount from events where country = $1',
    parameters: ['country-17'],
    table: 'events',
    columns: [['country']],
  },
  {
    name: 'a narrow range of time',
    sql: 'select * from events where at >= $1 and at < $2',
    parameters: ['2025-06-01T00:00:00Z', '2025-06-02T00:00:00Z'],
    table: 'events',
    columns: [['at']],
  },
  {
    name: 'the highest scores',
    sql: 'select id, score from events order by score desc limit 20',
    table: 'events',
    columns: [['score']],
  },
  {
    name: 'the largest amounts, missing ones last',
    sql: 'select * from events order by amount desc nulls last, id limit 20',
    table: 'events',
    columns: [['amount', 'id'], ['amount']],
  },
  {
    name: 'the latest of one kind',
    sql: 'select * from events where kind = $1 order by at desc limit 20',
    parameters: ['kind-42'],
    table: 'events',
    columns: [['kind', 'at'], ['kind']],
  },
  {
    name: 'one kind in a range of time',
    sql: 'select * from events where kind = $1 and at > $2',
    parameters: ['kind-42', '2025-11-01T00:00:00Z'],
    table: 'events',
    columns: [['kind', 'at'], ['kind']],
  },
  {
    name: 'two equal columns',
    sql: 'select * from events where kind = $1 and country = $2',
    parameters: ['kind-42', 'country-17'],
    table: 'events',
    columns: [['kind', 'country'], ['country', 'kind'], ['kind']],
  },
  {
    name: 'the key of a join',
    sql: `select e.amount from users u join events e on e.user_id = u.id where u.email = $1`,
    parameters: ['user-5@example.org'],
    table: 'events',
    columns: [['user_id']],
  },
  {
    name: 'a column that is mostly empty',
    sql: 'select * from events where note = $1',
    parameters: ['note-7'],
    table: 'events',
    columns: [['note']],
  },
  {
    name: 'a flag that is hardly ever set',
    sql: 'select id, at from events where rare',
    table: 'events',
    columns: [['rare']],
  },
  {
    name: 'the few that have a value',
    sql: 'select id, note from events where note is not null',
    table: 'events',
    columns: [['note']],
  },
  {
    name: 'the few that have none',
    sql: 'select id, email from users where city is null',
    table: 'users',
    columns: [['city']],
  },
  {
    name: 'a list of values',
    sql: 'select * from events where session_code = any($1)',
    parameters: [[code, 'eccbc87e4b5ce2fe28308fd9f2a7baf3', 'c81e728d9d4c2f636f067f89cc14862c']],
    table: 'events',
    columns: [['session_code']],
  },
  {
    name: 'the beginning of a text',
    sql: `select id from events where session_code like '8f14e%'`,
    table: 'events',
    columns: [['session_code']],
  },
  {
    name: 'the last time of all',
    sql: 'select max(at) from events',
    table: 'events',
    columns: [['at']],
  },
  {
    name: 'the latest events of each user of a city',
    sql: `select u.id, e.at from users u
      cross join lateral (select at from events where user_id = u.id order by at desc limit 3) e
      where u.email in ('user-5@example.org', 'user-6@example.org', 'user-7@example.org')`,
    table: 'events',
    columns: [['user_id', 'at'], ['user_id']],
  },
  {
    name: 'the busiest rows of a materialized view',
    sql: 'select * from mv_kinds where kind = $1 order by events desc limit 10',
    parameters: ['kind-42'],
    table: 'mv_kinds',
    columns: [['kind', 'events'], ['kind']],
  },
  {
    name: 'one host of a partitioned table',
    sql: 'select * from logs where host = $1',
    parameters: ['host-1234'],
    table: 'logs',
    columns: [['host']],
  },
];

export const decoys: readonly Case[] = [
  { name: 'a fifth of all rows', sql: 'select * from events where status = $1', parameters: [3] },
  { name: 'a tiny table', sql: 'select * from colors where name = $1', parameters: ['color-7'] },
  { name: 'an index that exists', sql: 'select * from orders where user_id = $1', parameters: [5] },
  {
    name: 'the beginning of an index that exists',
    sql: 'select * from orders where state_code = $1',
    parameters: ['state-5'],
  },
  {
    name: 'both columns of an index, the other way round',
    sql: 'select * from orders where parcel = $1 and state_code = $2',
    parameters: [77, 'state-5'],
  },
  { name: 'a flag that half of the rows have', sql: 'select * from events where flag' },
  {
    name: 'a function of a column',
    sql: 'select * from events where upper(session_code) = $1',
    parameters: [code.toUpperCase()],
  },
  { name: 'the end of a text', sql: `select id from events where session_code like '%beef'` },
  { name: 'part of a text in any case', sql: `select id from events where session_code ilike '8f14e%'` },
  {
    name: 'an order that an index has backwards',
    sql: 'select * from orders order by created_at limit 20',
  },
  {
    name: 'an order of two columns that an index has backwards',
    sql: 'select * from orders order by total desc, created_at nulls first limit 20',
  },
  { name: 'the sum of everything', sql: 'select sum(amount), count(*) from events' },
  { name: 'groups of everything', sql: 'select status, avg(amount) from events group by status' },
  { name: 'nearly all rows', sql: 'select * from events where score > 100000' },
  { name: 'all but one value', sql: 'select * from events where status <> 3' },
  { name: 'the primary key', sql: 'select * from events where id = $1', parameters: [4711] },
  {
    name: 'a unique column and another',
    sql: 'select * from users where email = $1 and city = $2',
    parameters: ['user-5@example.org', 'city-1'],
  },
  {
    name: 'arithmetic with a column',
    sql: 'select * from events where user_id + 1 = $1',
    parameters: [78],
  },
  {
    name: 'a join of everything',
    sql: 'select u.city, sum(e.amount) from events e join users u on u.id = e.user_id group by u.city',
  },
  { name: 'a partial index that exists', sql: 'select id from orders where gift order by id limit 20' },
];
