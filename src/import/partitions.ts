import type { Database } from '../database/database.js';

/** Plays of earlier months, or of months far ahead, are likely slips of the pen; the default partition takes them. */
const earliest = '2000-01';
const maxYearsAhead = 1;

/** Makes the partitions of months (as `2026-01`), each once, and outside of the transactions that fill them. */
export function createPartitionMaker(
  database: Database,
  now: Date,
): (months: ReadonlySet<string>) => Promise<void> {
  const seen = new Set<string>();
  const latest = `${now.getUTCFullYear() + maxYearsAhead}-12`;
  return async (months) => {
    for (const month of [...months].sort()) {
      if (seen.has(month)) continue;
      seen.add(month);
      if (month >= earliest && month <= latest)
        await database.query('select analytics.ensure_play_partitions_between($1, $1)', [
          `${month}-01T00:00:00Z`,
        ]);
    }
  };
}
