import { ActiveListenersDocument, type ActiveListenersQuery } from '../../src/client/operations.ts';
import { useAnswer } from '../client/use-answer.ts';
import { compact, listenerCount } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { LazyPlot } from '../parts/lazy-plot.tsx';
import type { PlotSeries } from '../parts/plot.tsx';
import { BucketTable } from './bucket-table.tsx';
import { calendarOf } from './calendar.ts';

/** The zone of the days, which active listeners are counted in. */
const utc = 'UTC';

/** How many addresses listened, day by day. */
export function ActiveListeners({ className = '' }: { readonly className?: string }) {
  const tile = useAnswer(ActiveListenersDocument, { granularity: 'DAY', last: 30 });
  return (
    <AnswerCard
      title="Active listeners"
      className={`series ${className}`}
      tile={tile}
      emptyText={({ platformStats: { activeListeners } }) => emptyTextOf(activeListeners)}
    >
      {({ platformStats: { activeListeners } }) => (
        <>
          <p className="hint">Different addresses on each of the last 30 days, in UTC.</p>
          <ListenerBars {...activeListeners} />
        </>
      )}
    </AnswerCard>
  );
}

type Answer = ActiveListenersQuery['platformStats']['activeListeners'];

function emptyTextOf({ buckets, listenersSuppressed }: Answer): string | null {
  if (listenersSuppressed) return 'How many listened on a day is withheld here.';
  return buckets.some(({ listeners }) => Number(listeners) > 0)
    ? null
    : 'Nobody listened in the last 30 days.';
}

function ListenerBars({ granularity, buckets }: Answer) {
  const calendar = calendarOf(granularity, utc);
  const starts = buckets.map(({ start }) => start);
  const valuesWhere = (isShown: boolean) =>
    buckets.map(({ isPartial, listeners }) => (isPartial === isShown ? Number(listeners) : null));
  const shown: PlotSeries[] = [{ name: 'Listeners', tone: '--plot-1', values: valuesWhere(false) }];
  const open = buckets.find(({ isPartial }) => isPartial);
  if (open)
    shown.push({
      name: `${calendar.full(open.start)}, not over yet`,
      tone: '--plot-1',
      role: 'open',
      values: valuesWhere(true),
    });
  return (
    <>
      <LazyPlot
        kind="bars"
        label="Listeners of each of the last 30 days"
        times={starts.map((_start, position) => position)}
        series={shown}
        isWhole
        format={compact}
        buckets={{
          name: (position) => calendar.brief(starts[position] ?? starts[0] ?? ''),
          marks: (room) => calendar.marks(starts, room),
          reading: (position) => {
            const bucket = position === null ? undefined : buckets[position];
            if (!bucket) return 'Point at the picture to read its values.';
            const note = bucket.isPartial ? ', not over yet' : '';
            return `${calendar.full(bucket.start)}${note}: ${listenerCount(bucket.listeners)}`;
          },
        }}
      />
      <BucketTable
        caption="Active listeners, last 30 days"
        columns={['Day', 'Listeners']}
        rows={[...buckets].reverse().map(({ start, isPartial, listeners }) => ({
          start,
          name: calendar.full(start),
          isPartial,
          cells: [listenerCount(listeners)],
        }))}
      />
    </>
  );
}
