import type { Loaders } from '../loaders.js';
import type { Selection } from '../selection.js';
import { requestedRange, type SeriesArguments } from './arguments.js';
import type { BucketRow, Subject } from './repository.js';
import type { Period, SeriesRange } from './series-range.js';
import { addUp } from './totals.js';
import type { Series, SeriesBucket, SeriesTotals } from './type.js';

/** Reads the series of one subject, with what the document selects of it. */
export async function readSeries(
  loaders: Loaders,
  subject: Subject,
  given: SeriesArguments,
  selection: Selection,
): Promise<Series> {
  const range = await loaders.seriesRange.load(requestedRange(given));
  return readPeriod(loaders, subject, range, range.current, selection);
}

/** Reads the series that another one is compared with; null where it is compared with nothing. */
export function readPrevious(
  loaders: Loaders,
  { subject, range }: Series,
  selection: Selection,
): Promise<Series> | null {
  if (!range.previous) return null;
  // The previous series has no previous series.
  const compared = { ...range, previous: null, previousToDate: null };
  return readPeriod(loaders, subject, compared, range.previous, selection);
}

/** The sums of the previous series up to the age that the current one had at the last refresh. */
export async function readPreviousToDate(
  loaders: Loaders,
  { subject, range: { previousToDate: bounds } }: Series,
): Promise<SeriesTotals | null> {
  if (!bounds) return null;
  const [start, end] = bounds;
  return addUp(start === end ? [] : await loaders.series.load({ subject, bounds }));
}

async function readPeriod(
  loaders: Loaders,
  subject: Subject,
  range: SeriesRange,
  { bounds, ends }: Period,
  selection: Selection,
): Promise<Series> {
  const { granularity, timeZone } = range.request;
  const hasBuckets = selection.has('buckets');
  const isRead = hasBuckets || selection.has('totals');
  const rows = isRead ? await loaders.series.load({ subject, bounds: hasBuckets ? bounds : ends }) : [];
  return {
    from: ends[0]!,
    to: ends[1]!,
    granularity,
    timeZone,
    buckets: hasBuckets ? fill(bounds, range.asOfMs, rows) : [],
    totals: addUp(rows),
    subject,
    range,
  };
}

const noPlays = Object.freeze({ plays: 0, earnings: '0', listenedSeconds: 0 });

/** All buckets, with zeros in those that have no row. */
function fill(bounds: Period['bounds'], asOfMs: number, rows: readonly BucketRow[]): SeriesBucket[] {
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return bounds.slice(0, -1).map((start, index) => {
    const end = bounds[index + 1]!;
    const { plays, earnings, listenedSeconds } = byPosition.get(index + 1) ?? noPlays;
    return { start, end, isPartial: Date.parse(end) > asOfMs, plays, earnings, listenedSeconds };
  });
}
