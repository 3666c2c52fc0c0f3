import type { Granularity } from '../../src/client/operations.ts';
import { keptChoice } from '../client/kept-choice.ts';

/** How far back a series goes, and in which steps. */
export interface Range {
  readonly key: string;
  readonly short: string;
  readonly name: string;
  /** The period that it is compared with. */
  readonly before: string;
  readonly granularity: Granularity;
  readonly last: number;
}

export const days30: Range = {
  key: '30-days',
  short: '30 days',
  name: 'Last 30 days',
  before: '30 days before',
  granularity: 'DAY',
  last: 30,
};

export const ranges: readonly Range[] = [
  {
    key: '24-hours',
    short: '24 hours',
    name: 'Last 24 hours',
    before: '24 hours before',
    granularity: 'HOUR',
    last: 24,
  },
  days30,
  {
    key: '90-days',
    short: '90 days',
    name: 'Last 90 days',
    before: '90 days before',
    granularity: 'DAY',
    last: 90,
  },
  {
    key: '12-months',
    short: '12 months',
    name: 'Last 12 months',
    before: '12 months before',
    granularity: 'MONTH',
    last: 12,
  },
];

export const useRange = keptChoice('series-range', ranges, days30);
