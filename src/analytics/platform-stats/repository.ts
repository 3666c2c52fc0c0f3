import { platformStats } from '../../catalogue/platform-stats.js';
import { GatewayError } from '../../errors.js';
import { stateColumn } from '../../views/reading.js';
import { readRow } from '../read.js';
import type { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { PlatformStats } from './type.js';

/** Reads the one row of the platform. */
export async function findPlatformStats(
  reader: AnalyticsReader,
  selection: Selection,
): Promise<PlatformStats> {
  const columns = selection.columns(platformStats);
  const stats = await readRow(reader, {
    name: 'platformStats',
    shape: [columns.key],
    values: [],
    build: () => viewRows(reader, platformStats).select(columns.selections).select(stateColumn),
  });
  if (!stats) throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
  return stats;
}
