import { registerEnumType } from 'type-graphql';

/** What a series is compared with. */
export const CompareTo = { PREVIOUS_PERIOD: 'PREVIOUS_PERIOD', PREVIOUS_YEAR: 'PREVIOUS_YEAR' } as const;
export type CompareTo = (typeof CompareTo)[keyof typeof CompareTo];

registerEnumType(CompareTo, {
  name: 'CompareTo',
  description: 'What a series is compared with: as many buckets of an earlier time.',
  valuesConfig: {
    PREVIOUS_PERIOD: { description: 'As many buckets that end where the series begins.' },
    PREVIOUS_YEAR: {
      description:
        'As many buckets from the same local time one year earlier on; weeks from 52 weeks earlier on.',
    },
  },
});
