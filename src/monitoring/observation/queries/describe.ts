import type { Tally } from './tally.js';
import type { NamedQueryStats, QueryStats, QueryStatsNumbers } from './type.js';
import type { Window } from './windows.js';

/** Converts a window to its GraphQL type; names are ordered by total time, largest first. */
export function describeWindow({ all, byName, coveredMs }: Window, windowMs: number, now: Date): QueryStats {
  return {
    windowMs,
    since: new Date(now.getTime() - coveredMs),
    ...describeTally(all),
    byName: [...byName]
      .sort(([, one], [, other]) => other.sumMs - one.sumMs)
      .map(([name, tally]): NamedQueryStats => ({ name, ...describeTally(tally) })),
  };
}

/** Durations are null without queries. */
function describeTally(tally: Tally): QueryStatsNumbers {
  const { count, sumMs, minMs, maxMs, errors, slow } = tally;
  const isEmpty = count === 0;
  return {
    totalQueries: count,
    avgDurationMs: isEmpty ? null : sumMs / count,
    minDurationMs: isEmpty ? null : minMs,
    maxDurationMs: isEmpty ? null : maxMs,
    p50DurationMs: tally.quantile(0.5),
    p95DurationMs: tally.quantile(0.95),
    p99DurationMs: tally.quantile(0.99),
    errorCount: errors,
    errorRate: isEmpty ? null : errors / count,
    slowQueryCount: slow,
  };
}
