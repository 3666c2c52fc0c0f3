import type pg from 'pg';

/**
 * What the texts and numbers that come back depend on, and may be set otherwise for a role or a database
 * (`alter role … set datestyle = …`). All of it can be set by everybody.
 */
const answers: Readonly<Record<string, string>> = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
};

/** What would end the work of the gateway in the middle, or have it wait or see otherwise than it is written for. */
const transactions: Readonly<Record<string, string>> = {
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
};

/** Replaces only an empty search_path: by the schema of the gateway's function, or else `public`. */
const setSearchPath = (isLocal: boolean) =>
  `select set_config('search_path', coalesce((select quote_ident(nspname) from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
     where proname = 'refresh_all_materialized_views' order by pg_proc.oid limit 1), 'public'), ${isLocal})
   where btrim(current_setting('search_path'), '" ') = ''`;

/**
 * Makes a session answer the same whatever is set for its role. `limitMs` is how long that may take: a server that has
 * gone silent must not be waited for.
 */
export async function settle(
  client: pg.ClientBase,
  {
    statementTimeoutMs = 0,
    limitMs,
  }: { readonly statementTimeoutMs?: number; readonly limitMs?: number } = {},
): Promise<void> {
  const settings = { ...answers, ...transactions, statement_timeout: String(statementTimeoutMs) };
  await client.query({
    // Older servers do not know all of them.
    text: `select set_config(name, value, false) from unnest($1::text[], $2::text[]) setting (name, value)
      where current_setting(name, true) is not null union all ${setSearchPath(false)}`,
    values: [Object.keys(settings), Object.values(settings)],
    ...(limitMs === undefined ? {} : { query_timeout: limitMs }),
  } as pg.QueryConfig);
}

/** The same for one transaction, where a transaction pooler gives each a session that belongs to nobody. */
export const settleTransaction = [
  ...Object.entries(answers).map(([name, value]) => `set local ${name} = '${value}'`),
  setSearchPath(true),
].join('; ');
