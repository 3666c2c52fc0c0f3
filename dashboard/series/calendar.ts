import type { Granularity } from '../../src/client/operations.ts';

/** How the buckets of a series are called. */
export interface Calendar {
  /** At the axis, where there is little room. */
  readonly brief: (start: string) => string;
  /** Where it stands alone. */
  readonly full: (start: string) => string;
  /** Which of the buckets are named at the axis when there is room for so many names. */
  readonly marks: (starts: readonly string[], room: number) => readonly number[];
}

interface Kind {
  readonly brief: Intl.DateTimeFormatOptions;
  readonly full: Intl.DateTimeFormatOptions;
  /** How far apart the named buckets may be. */
  readonly steps: readonly number[];
}

const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const dayOfMonth: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

const kinds: Readonly<Record<Granularity, Kind>> = {
  HOUR: { brief: hour, full: { ...date, ...hour }, steps: [1, 2, 3, 4, 6, 12] },
  DAY: { brief: dayOfMonth, full: { weekday: 'short', ...date }, steps: [1, 2, 3, 5, 7, 10, 15, 30] },
  WEEK: { brief: dayOfMonth, full: date, steps: [1, 2, 4, 8, 13, 26] },
  MONTH: {
    brief: { month: 'short', year: 'numeric' },
    full: { month: 'long', year: 'numeric' },
    steps: [1, 2, 3, 4, 6],
  },
  YEAR: { brief: { year: 'numeric' }, full: { year: 'numeric' }, steps: [1, 2, 5, 10] },
};

/** Names buckets in the time zone that they are cut in. */
export function calendarOf(granularity: Granularity, timeZone: string): Calendar {
  const { brief, full, steps } = kinds[granularity];
  const inZone = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    return (start: string) => format.format(new Date(start));
  };
  const [briefly, inFull, dayName] = [inZone(brief), inZone(full), inZone(dayOfMonth)];
  return {
    // At midnight the day says more than the hour.
    brief: (start) =>
      granularity === 'HOUR' && hourOf(briefly(start)) === 0 ? dayName(start) : briefly(start),
    full: (start) => (granularity === 'WEEK' ? `Week from ${inFull(start)}` : inFull(start)),
    marks: (starts, room) => {
      const step =
        steps.find((each) => starts.length / each <= room) ?? Math.ceil(starts.length / Math.max(1, room));
      const positions = starts.map((_start, position) => position);
      if (granularity === 'HOUR')
        return positions.filter((position) => hourOf(briefly(starts[position] as string)) % step === 0);
      // Counted from the end, so that the newest is named.
      return positions.filter((position) => (starts.length - 1 - position) % step === 0);
    },
  };
}

function hourOf(clock: string): number {
  return Number(clock.slice(0, 2));
}
