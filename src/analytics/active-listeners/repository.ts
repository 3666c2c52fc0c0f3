import { sql } from 'kysely';
import { rawQuery } from '../../database/raw-query.js';
import { stateColumn } from '../../views/reading.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import type { ActiveListenersBucket, ActiveListenersGranularity } from './type.js';

/** The last buckets up to the last refresh, earliest first. */
export function listActiveListeners(
  reader: AnalyticsReader,
  granularity: ActiveListenersGranularity,
  last: number,
): Promise<ActiveListenersBucket[]> {
  const listeners = reader.withholdUnder > 0 ? sql`null::bigint` : sql.ref('listeners');
  const query = sql<ActiveListenersBucket>`
    select starts_at as "start", ends_at as "end", ends_at > as_of as "isPartial", ${listeners} as "listeners", ${stateColumn}
    from analytics.read_active_listeners(${granularity}, ${last}) order by starts_at`;
  return reader.read('platform.activeListeners', rawQuery(query));
}
