import { sql } from 'kysely';
import type { DatabaseKind } from '../../../database/database.js';
import type { Reader } from '../../../database/reader/reader.js';
import { find, isClient } from '../query.js';
import { type Available, available } from '../section.js';
import type { DatabaseFacts } from './database-type.js';

export async function readDatabase(reader: Reader, kind: DatabaseKind): Promise<Available<DatabaseFacts>> {
  const facts = await find(
    reader,
    'database',
    sql<Omit<DatabaseFacts, 'available' | 'needs' | 'isEmbedded'>>`
      select current_setting('server_version') as "version", current_database() as "name",
        pg_database_size(current_database()) as "sizeBytes",
        (select count(*) from pg_stat_activity where datname = current_database()
          and ${isClient}) as "connections",
        current_setting('max_connections')::int as "maxConnections",
        (select blks_hit::float8 / nullif(blks_hit + blks_read, 0) from pg_stat_database
          where datname = current_database()) as "cacheHitRatio",
        pg_postmaster_start_time() as "startedAt",
        extract(epoch from clock_timestamp() - pg_postmaster_start_time())::bigint as "uptimeSeconds"`,
  );
  const isEmbedded = kind === 'embedded';
  return available({ ...facts, isEmbedded, maxConnections: isEmbedded ? 1 : facts.maxConnections });
}
