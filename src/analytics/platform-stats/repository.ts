import { platformStats } from '../../catalogue/platform-stats.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import { GatewayError } from '../../errors.js';
import { stateColumn } from '../../views/reading.js';
import { readRow } from '../read.js';
import type { Selection } from '../selection.js';
import type { PlatformStats } from './type.js';

/** Reads the one row of the platform. */
export async function findPlatformStats(reader: Reader, selection: Selection): Promise<PlatformStats> {
  const columns = selection.columns(platformStats);
  const stats = await readRow(reader, {
    name: 'platformStats',
    shape: [columns.key],
    values: [],
    build: () => queryBuilder.selectFrom('mv_platform_stats').select(columns.selections).select(stateColumn),
  });
  if (!stats) throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
  return stats;
}
