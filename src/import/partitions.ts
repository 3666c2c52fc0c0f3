import type { Database } from '../database/database.js';
import type { Row } from './rows.js';

/** Plays of earlier months, or of months far ahead, are likely slips of the pen; the default partition takes them. */
const earliest = '2000-01';
const mostYearsAhead = 1;

/** Makes the partitions that rows need, each month once, and outside of the transactions that fill them. */
export function createPartitionMaker(
  database: Database,
  position: number,
  now: Date,
): (rows: readonly Row[]) => Promise<void> {
  const seen = new Set<string>();
  const latest = `${now.getUTCFullYear() + mostYearsAhead}-12`;
  return async (rows) => {
    const fresh = new Set<string>();
    for (const row of rows) {
      const month = row.values[position]!.slice(0, 7);
      if (!seen.has(month)) fresh.add(month);
    }
    for (const month of [...fresh].sort()) {
      seen.add(month);
      if (month >= earliest && month <= latest)
        await database.pool.query('select analytics.ensure_play_partition($1)', [`${month}-01T00:00:00Z`]);
    }
  };
}
