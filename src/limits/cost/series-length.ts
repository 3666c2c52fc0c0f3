import { defaultBuckets, Granularity, maxBuckets } from '../../catalogue/granularity.js';

/** The arguments that say how many buckets a series has. */
export const seriesArguments = ['granularity', 'last', 'from', 'to'] as const;

const hourMs = 3_600_000;
/** How short a bucket may be; a clock that changes by half an hour makes shorter hours, but few of them. */
const shortestMs: Readonly<Record<Granularity, number>> = {
  HOUR: hourMs,
  DAY: 23 * hourMs,
  WEEK: 167 * hourMs,
  MONTH: 28 * 24 * hourMs,
  YEAR: 365 * 24 * hourMs,
};

/**
 * How many buckets a series may have by its arguments, which are coerced. One that begins at `from` and ends with the last
 * refresh counts as the longest, because only the database knows when that was. What is refused elsewhere counts as nothing.
 */
export function seriesLength(argument: (name: (typeof seriesArguments)[number]) => unknown): number {
  const [last, from, to] = [argument('last'), argument('from'), argument('to')];
  if (typeof from !== 'string') return limited(typeof last === 'number' ? last : defaultBuckets);
  if (typeof to !== 'string') return maxBuckets;
  const granularity = (argument('granularity') ?? Granularity.DAY) as Granularity;
  return limited(Math.ceil((Date.parse(to) - Date.parse(from)) / shortestMs[granularity]) + 1);
}

function limited(count: number): number {
  return Math.min(maxBuckets, Math.max(0, count));
}
