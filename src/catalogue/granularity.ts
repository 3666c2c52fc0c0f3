import { registerEnumType } from 'type-graphql';

/** How many buckets a series has unless said, and at most. */
export const defaultBuckets = 30;
export const maxBuckets = 1_000;

/** What one bucket of a series is. */
export const Granularity = { HOUR: 'HOUR', DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', YEAR: 'YEAR' } as const;
export type Granularity = (typeof Granularity)[keyof typeof Granularity];

registerEnumType(Granularity, {
  name: 'Granularity',
  description: 'What one bucket of a series is: a unit of the calendar in its time zone.',
  valuesConfig: {
    HOUR: { description: 'An hour of the clock. An hour that the clock shows twice is two buckets.' },
    DAY: { description: 'A day from midnight on; 23 or 25 hours where the clock changes.' },
    WEEK: { description: 'A week from Monday on.' },
    MONTH: { description: 'A month from its first day on.' },
    YEAR: { description: 'A year from the first of January on.' },
  },
});
