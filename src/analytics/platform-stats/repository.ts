import { platformStats } from '../../catalogue/platform-stats.js';
import type { Database } from '../../database/database.js';
import { GatewayError } from '../../errors.js';
import { stateColumn } from '../../views/reading.js';
import { readRow } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { PlatformStats } from './type.js';

/** Reads the one row of the platform. */
export async function findPlatformStats(
  database: Database,
  fields: ReadonlySet<string>,
): Promise<PlatformStats> {
  const columns = selectedColumns(platformStats, fields);
  const stats = await readRow(database, {
    name: 'platformStats',
    shape: [columns],
    values: [],
    build: () => database.kysely.selectFrom('mv_platform_stats').select(columns).select(stateColumn),
  });
  if (!stats) throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
  return stats;
}
