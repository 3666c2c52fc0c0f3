import { count, decimal, timeListened } from '../format.ts';
import { BucketTable } from './bucket-table.tsx';
import type { Calendar } from './calendar.ts';
import type { ComparedSeries } from './compared-series.ts';

/** Every bucket of a series with all that it counts. */
export function SeriesTable({
  series: { buckets },
  calendar,
  caption,
}: {
  readonly series: ComparedSeries;
  readonly calendar: Calendar;
  readonly caption: string;
}) {
  return (
    <BucketTable
      caption={caption}
      columns={['Start', 'Plays', 'Earned, FLOW', 'Listened']}
      rows={[...buckets].reverse().map(({ start, isPartial, plays, earnings, listenedSeconds }) => ({
        start,
        name: calendar.full(start),
        isPartial,
        cells: [
          count(plays),
          <span key="earnings" title={`${earnings} FLOW`}>
            {decimal(earnings)}
          </span>,
          timeListened(listenedSeconds),
        ],
      }))}
    />
  );
}
