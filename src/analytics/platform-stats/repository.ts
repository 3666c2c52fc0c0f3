import type { Database } from '../../database/database.js';
import { runForOne } from '../../database/query.js';
import { GatewayError } from '../../errors.js';
import { platformStats } from '../../views/catalogue.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { PlatformStats } from './type.js';

/** Reads the one row of the platform. */
export async function findPlatformStats(
  database: Database,
  fields: ReadonlySet<string>,
): Promise<PlatformStats> {
  const query = select<PlatformStats>(database, {
    view: platformStats,
    fields: selectedColumns(platformStats, fields),
  });
  const stats = await runForOne(database, 'platformStats', { compile: () => query });
  if (!stats) throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
  return stats;
}
