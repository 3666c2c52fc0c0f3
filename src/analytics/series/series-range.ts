import { sql } from 'kysely';
import { maxBuckets } from '../../catalogue/granularity.js';
import { rawQuery } from '../../database/raw-query.js';
import { type Reader, readOne } from '../../database/reader/reader.js';
import { badInput, GatewayError } from '../../errors.js';
import { timeZoneFault } from '../../scalars/time-zone.js';
import { stateColumn } from '../../views/reading.js';
import type { RangeRequest } from './arguments.js';

/** Ascending instants: each begins a bucket, but for the last one, which ends the last bucket. */
export type Bounds = readonly string[];

/** The buckets of a series. */
export interface Period {
  readonly bounds: Bounds;
  /** Its first and last bound, to read all of it as one bucket. */
  readonly ends: Bounds;
}

/** The buckets that a series has at the last refresh, and those that it is compared with. */
export interface SeriesRange {
  readonly request: RangeRequest;
  /** The instant of the last refresh, in milliseconds since 1970. */
  readonly asOfMs: number;
  readonly current: Period;
  readonly previous: Period | null;
  /** The part of the previous buckets that took as long as the current ones had taken at the last refresh. */
  readonly previousToDate: Bounds | null;
}

/** Instants are seconds since 1970; bounds are whole quarters of an hour. */
interface RangeRow {
  readonly asOf: string | null;
  readonly bounds: readonly number[] | null;
  readonly previousBounds: readonly number[] | null;
  readonly previousUntil: number | null;
}

/**
 * Reads which buckets a series has.
 * @throws GatewayError `BAD_USER_INPUT` for a zone that the server does not know, and for a range that has no bucket, too
 * many of them, or leaves the years 1 to 9999
 */
export async function findSeriesRange(reader: Reader, request: RangeRequest): Promise<SeriesRange> {
  const { granularity, last, from, to, timeZone, compareTo } = request;
  const query = sql<RangeRow>`
    select as_of as "asOf", ${secondsOf('bounds')} as "bounds", ${secondsOf('previous_bounds')} as "previousBounds",
      extract(epoch from previous_until)::bigint as "previousUntil", ${stateColumn}
    from analytics.series_range(${granularity}, ${last}, ${from}, ${to}, ${timeZone}, ${compareTo})`;
  const row = await readOne(reader, 'series.range', rawQuery(query));
  if (!row?.asOf)
    throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
  const { asOf, bounds, previousBounds, previousUntil } = row;
  if (!bounds) throw badInput(timeZoneFault(timeZone));
  if (bounds.length === 0)
    throw badInput(`from: expected an instant up to the last refresh, ${asOf}, got ${from}`);
  requireFewBuckets(request, bounds.length - 1);
  const previous = previousBounds && periodOf('compareTo', previousBounds);
  return Object.freeze({
    request,
    asOfMs: Date.parse(asOf),
    current: periodOf(from === null ? 'last, to' : 'from, to', bounds),
    previous,
    previousToDate: previous && [previous.ends[0]!, instantOf(previousUntil!)],
  });
}

/** As numbers, because the driver would make dates of a list of times. */
function secondsOf(column: string) {
  return sql`case when ${sql.ref(column)} is not null then
    to_json(array(select extract(epoch from bound)::bigint from unnest(${sql.ref(column)}) bound order by bound)) end`;
}

function requireFewBuckets({ granularity }: RangeRequest, count: number): void {
  // The statement cuts long ranges, so only the first count above the limit is exact.
  if (count > maxBuckets)
    throw badInput(
      `from, to: expected at most ${maxBuckets} buckets of granularity ${granularity}, got ${count === maxBuckets + 1 ? count : 'more'}`,
    );
}

const minSeconds = Date.parse('0001-01-01T00:00:00Z') / 1000;
const maxSeconds = Date.parse('9999-12-31T23:59:59Z') / 1000;

function periodOf(argument: string, seconds: readonly number[]): Period {
  const [first, last] = [seconds[0]!, seconds.at(-1)!];
  if (first < minSeconds || last > maxSeconds)
    throw badInput(
      `${argument}: expected buckets in the years 1 to 9999, got some that ${first < minSeconds ? 'begin before' : 'end after'} them`,
    );
  const bounds = seconds.map(instantOf);
  return { bounds, ends: [bounds[0]!, bounds.at(-1)!] };
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
