import type pg from 'pg';
import { type Finding, fault, hint } from './finding.js';

/** What `migrate` would do to tables that somebody else made. Until then the gateway does not serve. */
export async function planAdoption(tables: readonly string[], client: pg.ClientBase): Promise<Finding[]> {
  const needed = fault(
    `The tables ${tables.join(', ')} were made by somebody else and are not adopted yet`,
    'Read the plan below, then run `mycelix-analytics migrate` once.',
  );
  if (!tables.includes('plays')) return [needed];
  const { rows } = await client.query<{ plays: number; partitions: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as plays, count(*)::int as partitions
     from pg_class where relkind = 'r' and oid in (select relid from pg_partition_tree('plays'::regclass) union select 'plays'::regclass)`,
  );
  const millions = (rows[0]?.plays ?? 0) / 1_000_000;
  const indexes = await listMissingIndexes(client);
  const minutes = Math.max(1, Math.ceil((millions * 4) / 60));
  return [
    needed,
    hint(
      'Plan: plays gets the column analytics_writer (bigint, with a default) and triggers for UPDATE, DELETE and TRUNCATE',
      'No row is rewritten. Readers and writers of plays wait for an ACCESS EXCLUSIVE lock that is held for milliseconds once it is granted; end long transactions first.',
    ),
    hint(
      `Plan: plays gets ${indexes.length === 0 ? 'no index besides plays_analytics_writer_idx' : `the indexes ${indexes.join(', ')} and plays_analytics_writer_idx`}`,
      `Writers of plays wait while they are built (SHARE lock, about ${minutes} min for ${millions.toFixed(1)} million plays); readers of plays go on. Make those on (played_at), (song_id, played_at) and (listener_address, played_at) beforehand with CREATE INDEX CONCURRENTLY to avoid the wait.`,
    ),
    hint(
      'Plan: the schema analytics, six materialized views mv_… and two functions are added',
      'Everything else of yours stays as it is: nothing is dropped or rewritten.',
    ),
  ];
}

async function listMissingIndexes(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from (values
       ('plays_played_at_idx', array['played_at']),
       ('plays_song_id_played_at_idx', array['song_id', 'played_at']),
       ('plays_listener_address_played_at_idx', array['listener_address', 'played_at'])) wanted (name, columns)
     where not exists (
       select from pg_index i where i.indrelid = 'plays'::regclass and i.indisvalid and i.indpred is null
         and wanted.columns = (
           select array_agg(a.attname::text order by k.position)
           from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
           where k.position <= cardinality(wanted.columns)))`,
  );
  return rows.map((row) => row.name);
}
