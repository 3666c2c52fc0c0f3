import { LazyPlot } from '../parts/lazy-plot.tsx';
import type { PlotSeries } from '../parts/plot.tsx';
import type { Calendar } from './calendar.ts';
import type { ComparedSeries } from './compared-series.ts';
import { atAxis, type Measure } from './measures.ts';
import type { Range } from './ranges.ts';

/** Lines by the hour and by the day, bars by what is longer. */
const lines: readonly string[] = ['HOUR', 'DAY'];

/** A series as a picture, with the period before. */
export function SeriesPicture({
  series,
  range,
  measure,
  calendar,
}: {
  readonly series: ComparedSeries;
  readonly range: Range;
  readonly measure: Measure;
  readonly calendar: Calendar;
}) {
  const { buckets, previous } = series;
  const starts = buckets.map(({ start }) => start);
  const now = buckets.map(measure.valueOf);
  const before = previous?.buckets.map(measure.valueOf) ?? [];
  const unit = measure.unitFor(Math.max(...now, ...before));
  const scaled = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : value / unit.size));
  const kind = lines.includes(series.granularity) ? 'line' : 'bars';
  const shown: PlotSeries[] = [
    { name: range.before, tone: '--edge', role: 'earlier', values: scaled(before) },
    {
      name: range.name,
      tone: '--plot-1',
      values: scaled(now.map((value, at) => (buckets[at]?.isPartial ? null : value))),
    },
  ];
  const open = buckets.findIndex(({ isPartial }) => isPartial);
  if (open >= 0) {
    // A line comes from the bucket before; a bar stands alone.
    const first = kind === 'line' ? open - 1 : open;
    shown.push({
      name: `${calendar.full(starts[open] as string)}, not over yet`,
      tone: '--plot-1',
      role: 'open',
      values: scaled(now.map((value, at) => (at < first ? null : value))),
    });
  }

  const reading = (position: number | null) => {
    const bucket = position === null ? undefined : buckets[position];
    if (!bucket) return 'Point at the picture to read its values.';
    const earlier = previous?.buckets[position as number];
    const name = `${calendar.full(bucket.start)}${bucket.isPartial ? ', not over yet' : ''}`;
    const compared = earlier ? `; ${calendar.full(earlier.start)}: ${measure.text(earlier)}` : '';
    return `${name}: ${measure.text(bucket)}${compared}`;
  };

  return (
    <LazyPlot
      label={`${measure.short}: ${range.name}, beside the ${range.before}`}
      times={starts.map((_start, position) => position)}
      series={shown}
      kind={kind}
      isWhole={measure.isWhole}
      format={(value) => atAxis(value, unit)}
      buckets={{
        name: (position) => calendar.brief(starts[position] ?? starts[0] ?? ''),
        marks: (room) => calendar.marks(starts, room),
        reading,
      }}
    />
  );
}
