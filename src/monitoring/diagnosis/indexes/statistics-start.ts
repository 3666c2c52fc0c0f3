import { sql } from 'kysely';
import type { Reader } from '../../../database/reader/reader.js';
import { find } from '../query.js';

/** Since when the server counts what is done in this database. */
export interface StatisticsStart {
  readonly observedSince: string;
  readonly observedForSeconds: number;
}

/**
 * The last reset of this database's statistics, initdb or crash; where none is recorded, the start of the server. Only
 * the archiver's reset time records initdb and crashes; that of a database is null before its first reset.
 */
export function findStatisticsStart(reader: Reader): Promise<StatisticsStart> {
  return find(
    reader,
    'statisticsStart',
    sql<StatisticsStart>`
      select since as "observedSince", extract(epoch from clock_timestamp() - since)::bigint as "observedForSeconds"
      from (
        select coalesce(greatest(database.stats_reset, archiver.stats_reset), pg_postmaster_start_time()) as since
        from pg_stat_archiver archiver
        left join pg_stat_database database on database.datname = current_database()
      ) statistics`,
  );
}
