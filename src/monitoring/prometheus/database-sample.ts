import { sql } from 'kysely';
import { viewNames } from '../../catalogue/index.js';
import { rawQuery } from '../../database/raw-query.js';
import { type Reader, readOne } from '../../database/reader/reader.js';
import { GatewayError } from '../../errors.js';
import { findVerification, type VerificationRecord } from '../verification/repository.js';

/** Database statistics at one moment. */
export interface DatabaseSample {
  /** Shared buffer hit ratio, 0 to 1; null without page accesses. */
  readonly cacheHitRatio: number | null;
  readonly sizeBytes: number;
  readonly connections: number;
  readonly maxConnections: number;
  readonly deadlocks: number;
  readonly transactionsRolledBack: number;
  readonly relations: readonly RelationSample[];
  /** Number of failed refreshes in the ledger. */
  readonly refreshFailures: number;
  /** The last verification of any gateway or command; null before the first one. */
  readonly verification: VerificationRecord | null;
}

/** A table summed over its partitions, or a materialized view. */
export interface RelationSample {
  readonly relation: string;
  readonly sizeBytes: number;
  readonly indexBytes: number;
  readonly liveRows: number;
  readonly deadRows: number;
}

/**
 * Reads all database metrics in a few short statements. Reading sizes waits for exclusive locks; if that times out, the
 * previous sizes are kept.
 */
export async function sampleDatabase(
  reader: Reader,
  before: DatabaseSample | null,
  countFailures: (reader: Reader) => Promise<number>,
): Promise<DatabaseSample> {
  const totals = sql<Omit<DatabaseSample, 'relations' | 'refreshFailures' | 'verification'>>`
    select blks_hit::double precision / nullif(blks_hit + blks_read, 0) as "cacheHitRatio",
      pg_database_size(datid) as "sizeBytes", numbackends as "connections",
      current_setting('max_connections')::int as "maxConnections",
      deadlocks, xact_rollback as "transactionsRolledBack"
    from pg_stat_database where datname = current_database()`;
  const relations = sql<RelationSample>`
    select root.relname as "relation",
      coalesce(sum(pg_table_size(leaf.relid)), 0)::bigint as "sizeBytes",
      coalesce(sum(pg_indexes_size(leaf.relid)), 0)::bigint as "indexBytes",
      coalesce(sum(pg_stat_get_live_tuples(leaf.relid)), 0)::bigint as "liveRows",
      coalesce(sum(pg_stat_get_dead_tuples(leaf.relid)), 0)::bigint as "deadRows"
    from unnest(${['artists', 'songs', 'plays', ...viewNames]}::text[]) name
    join pg_class root on root.oid = to_regclass(name)
    cross join lateral (
      select root.oid as relid union select relid from pg_partition_tree(root.oid)
    ) leaf
    group by root.relname order by root.relname`;
  const found = await readOne(reader, 'metrics.database', rawQuery(totals));
  if (!found) throw new Error('Expected statistics of this database, got none.');
  const refreshFailures = await countFailures(reader);
  const verification = await findVerification(reader);
  const sizes = await reader.read('metrics.relations', rawQuery(relations)).catch((error: unknown) => {
    if (error instanceof GatewayError && error.code === 'TIMEOUT') return before?.relations ?? [];
    throw error;
  });
  return { ...found, refreshFailures, verification, relations: sizes };
}

/** Counts failed refreshes incrementally: each call reads only new ledger rows. */
export function createFailureCount(): (reader: Reader) => Promise<number> {
  let seen = -1;
  let failures = 0;
  return async (reader) => {
    const query = sql<{ failures: number; newest: number | null }>`
      select count(*) filter (where error is not null) as failures, max(id) as newest
      from analytics.refresh_ledger where id > ${seen}`;
    const found = await readOne(reader, 'metrics.refreshFailures', rawQuery(query));
    failures += found?.failures ?? 0;
    seen = found?.newest ?? seen;
    return failures;
  };
}
