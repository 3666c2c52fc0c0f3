import type { Session } from '../../database/session/session.js';
import { type Finding, fault, hint } from '../finding.js';

/** What `migrate` would do to tables that somebody else made. Until then the gateway does not serve. */
export async function planAdoption(tables: readonly string[], session: Session): Promise<Finding[]> {
  const needed = fault(
    `The tables ${tables.join(', ')} were made by somebody else and are not adopted yet`,
    'Read the plan below, then run `mycelix-analytics migrate` once.',
  );
  if (!tables.includes('plays')) return [needed];
  const { rows } = await session.query<{ plays: number; partitions: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as plays, count(*)::int as partitions
     from pg_class where relkind = 'r' and oid in (select relid from pg_partition_tree('plays'::regclass) union select 'plays'::regclass)`,
  );
  const millions = (rows[0]?.plays ?? 0) / 1_000_000;
  const indexes = await listMissingIndexes(session);
  const rules = await listMissingRules(session);
  const minutes = Math.max(1, Math.ceil((millions * 4) / 60));
  return [
    needed,
    hint(
      'Plan: plays gets the column analytics_writer (bigint, with a default) and triggers for INSERT, UPDATE, DELETE and TRUNCATE',
      'No row is rewritten. Readers and writers of plays wait for an ACCESS EXCLUSIVE lock, which is held to the end of the migration; end long transactions first.',
    ),
    hint(
      `Plan: plays gets ${indexes.length === 0 ? 'no index besides plays_analytics_writer_idx' : `the indexes ${indexes.join(', ')} and plays_analytics_writer_idx`}`,
      `Writers of plays wait while they are built (SHARE lock, about ${minutes} min for ${millions.toFixed(1)} million plays); readers of plays go on. Make those on (played_at), (song_id, played_at) and (listener_address, played_at) beforehand with CREATE INDEX CONCURRENTLY to avoid the wait.`,
    ),
    hint(
      `Plan: plays gets rules that hold for new rows only: ${rules.map((column) => `plays_${column}_countable`).join(', ')}`,
      'All plays are read once for each of them, because values that cannot be counted stop the adoption. From the first rule to the end of the migration, which is one transaction, readers and writers of plays wait.',
    ),
    hint(
      'Plan: songs gets the index songs_artist_address_idx and, for new rows only, the rule songs_strategy_known; artists gets nothing',
      'Writers of songs wait while the index is built; the rule is not checked against the old rows, which were looked at beforehand.',
    ),
    hint(
      'Plan: each INSERT into plays costs more from then on, for the transaction id that it notes and for the new indexes',
      'About 4 % of processor time and 16 bytes of write-ahead log were measured for the id. UPDATE and DELETE also write the old row into a queue until the next refresh.',
    ),
    hint(
      'Plan: the schema analytics, the materialized views mv_… and two functions are added',
      'Everything else of yours stays as it is: nothing is dropped or rewritten. All of the plan is one transaction: when something fails, nothing was changed.',
    ),
  ];
}

async function listMissingIndexes(session: Session): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
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

/** The columns of plays that allow what cannot be added up and taken away again. */
async function listMissingRules(session: Session): Promise<string[]> {
  const { rows } = await session.query<{ column: string }>(
    `select attname::text as "column" from pg_attribute
     where attrelid = 'plays'::regclass and attname in ('song_id', 'listener_address', 'played_at', 'duration', 'amount_paid')
       and (not attnotnull or attname = 'amount_paid') order by attnum`,
  );
  return rows.map((row) => row.column);
}
