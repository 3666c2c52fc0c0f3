import { change } from '../format.ts';
import { Figures } from '../parts/numbers.tsx';
import type { Calendar } from './calendar.ts';
import type { ComparedSeries } from './compared-series.ts';
import type { Measure } from './measures.ts';
import type { Range } from './ranges.ts';

/** The total of a series beside that of the period before, and how much it changed, like for like. */
export function Comparison({
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
  const { totals, previous, previousToDate } = series;
  return (
    <Figures
      figures={[
        {
          label: range.name,
          value: measure.text(totals),
          note: `${measure.noun} since ${calendar.brief(series.from)}`,
        },
        ...(previous && previousToDate
          ? [
              {
                label: range.before,
                value: measure.text(previous.totals),
                note: `${measure.text(previousToDate)} up to the same point`,
              },
              {
                label: 'Change',
                value: changeOf(measure.valueOf(totals), measure.valueOf(previousToDate), measure),
                note: 'up to the same point',
              },
            ]
          : []),
      ]}
    />
  );
}

function changeOf(now: number, before: number, { noneBefore }: Measure) {
  if (before === 0) return <span className="small-value">{noneBefore}</span>;
  return change(now / before - 1);
}
