import { keptChoice } from '../client/kept-choice.ts';
import { compact, count, decimal, timeListened } from '../format.ts';

/** What plays come to, in a bucket or in all of them. */
export interface Totals {
  readonly plays: number;
  readonly earnings: string;
  readonly listenedSeconds: number;
}

/** One of the things that plays come to. */
export interface Measure {
  readonly key: string;
  readonly short: string;
  /** What a value is, before the time that it is of: "plays since 1 Mar". */
  readonly noun: string;
  /** Said in place of a change in percent when there was none of it before. */
  readonly noneBefore: string;
  /** Near enough for a picture and for percents. */
  readonly valueOf: (totals: Totals) => number;
  readonly text: (totals: Totals) => string;
  /** Whether fractions make no sense. */
  readonly isWhole: boolean;
  /** The unit at the axis of a picture with values up to `most`. */
  readonly unitFor: (most: number) => Unit;
}

export interface Unit {
  /** How much of the measure it is. */
  readonly size: number;
  readonly sign: string;
}

const noUnit: Unit = { size: 1, sign: '' };

const plays: Measure = {
  key: 'plays',
  short: 'Plays',
  noun: 'plays',
  noneBefore: 'no plays before',
  valueOf: (totals) => Number(totals.plays),
  text: (totals) => count(totals.plays),
  isWhole: true,
  unitFor: () => noUnit,
};

const earnings: Measure = {
  key: 'earnings',
  short: 'FLOW earned',
  noun: 'earned',
  noneBefore: 'nothing earned before',
  valueOf: (totals) => Number(totals.earnings),
  text: (totals) => `${decimal(totals.earnings)} FLOW`,
  isWhole: false,
  unitFor: () => noUnit,
};

const listened: Measure = {
  key: 'listened',
  short: 'Time listened',
  noun: 'listened',
  noneBefore: 'nothing listened to before',
  valueOf: (totals) => Number(totals.listenedSeconds),
  text: (totals) => timeListened(totals.listenedSeconds),
  isWhole: false,
  // Hours, unless that would make fractions of all values.
  unitFor: (most) => {
    if (most < 120) return { size: 1, sign: ' s' };
    return most < 7_200 ? { size: 60, sign: ' min' } : { size: 3_600, sign: ' h' };
  },
};

export const measures: readonly Measure[] = [plays, earnings, listened];

export const useMeasure = keptChoice('series-measure', measures, plays);

export function atAxis(value: number, unit: Unit): string {
  return `${compact(value)}${unit.sign}`;
}
