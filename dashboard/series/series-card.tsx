import { useEffect } from 'react';
import type { Latest, TypedText } from '../../src/client/index.ts';
import type { CompareTo, Granularity } from '../../src/client/operations.ts';
import { refuseZone, useViewerZone, type ViewerZone } from '../client/time-zone.ts';
import { useAnswer } from '../client/use-answer.ts';
import { AnswerCard } from '../parts/card.tsx';
import { Choices } from '../parts/choices.tsx';
import { calendarOf } from './calendar.ts';
import type { ComparedSeries } from './compared-series.ts';
import { Comparison } from './comparison.tsx';
import { measures, useMeasure } from './measures.ts';
import { type Range, ranges, useRange } from './ranges.ts';
import { SeriesPicture } from './series-picture.tsx';
import { SeriesTable } from './series-table.tsx';

/** The variables that every question for a series has. */
export interface SeriesVariables {
  readonly granularity: Granularity;
  readonly last: number;
  readonly timeZone: string;
  readonly compareTo: CompareTo;
}

export interface SeriesCardProps<Data, Variables extends object> {
  readonly document: TypedText<Data, Variables>;
  readonly variablesFor: (variables: SeriesVariables) => Variables;
  readonly seriesOf: (data: Data) => ComparedSeries | undefined;
  readonly className?: string;
}

/** Plays over time, with a choice of how far back and of what is counted. */
export function SeriesCard<Data, Variables extends object>({
  document,
  variablesFor,
  seriesOf,
  className = '',
}: SeriesCardProps<Data, Variables>) {
  const [range, chooseRange] = useRange();
  const [measure, chooseMeasure] = useMeasure();
  const viewer = useViewerZone();
  const { granularity, last } = range;
  const tile = useAnswer(
    document,
    variablesFor({ granularity, last, timeZone: viewer.zone, compareTo: 'PREVIOUS_PERIOD' }),
  );
  const isRefused = refusesZone(tile);
  useEffect(() => {
    if (isRefused) refuseZone(viewer.zone);
  }, [isRefused, viewer.zone]);

  return (
    <AnswerCard
      title="Plays over time"
      className={`series ${className}`}
      // Asked again in UTC at once, so there is nothing to say of it.
      tile={isRefused && viewer.zone !== 'UTC' ? { answer: null, failure: null } : tile}
      controls={
        <div className="controls">
          <Choices legend="How far back" options={ranges} chosen={range} onChoose={chooseRange} />
          <Choices legend="What is counted" options={measures} chosen={measure} onChoose={chooseMeasure} />
        </div>
      }
      emptyText={(data) => emptyTextOf(seriesOf(data), range)}
    >
      {(data) => {
        const series = seriesOf(data);
        if (!series) return null;
        const calendar = calendarOf(series.granularity, series.timeZone);
        return (
          <>
            <Comparison series={series} range={range} measure={measure} calendar={calendar} />
            <SeriesPicture series={series} range={range} measure={measure} calendar={calendar} />
            <p className="hint">{zoneSentence(series.granularity, viewer)}</p>
            <SeriesTable series={series} calendar={calendar} caption={`Plays over time, ${range.name}`} />
          </>
        );
      }}
    </AnswerCard>
  );
}

/** The gateway says which scalar it was that it could not read. */
function refusesZone({ failure }: Latest): boolean {
  return failure?.kind === 'refused' && /\bTimeZone\b/.test(failure.message);
}

function emptyTextOf(series: ComparedSeries | undefined, range: Range): string | null {
  if (!series) return 'There is nothing to show.';
  const plays = Number(series.totals.plays) + Number(series.previous?.totals.plays ?? 0);
  return plays === 0 ? `No plays in the ${range.name.toLowerCase()}, and none in the ${range.before}.` : null;
}

const units: Readonly<Record<Granularity, string>> = {
  HOUR: 'Hours',
  DAY: 'Days',
  WEEK: 'Weeks',
  MONTH: 'Months',
  YEAR: 'Years',
};

function zoneSentence(granularity: Granularity, { zone, refused }: ViewerZone): string {
  const place = `${units[granularity]} in ${zone.replaceAll('_', ' ')}`;
  return refused
    ? `${place}, because this gateway does not know your time zone, ${refused.replaceAll('_', ' ')}.`
    : `${place}, your time zone.`;
}
