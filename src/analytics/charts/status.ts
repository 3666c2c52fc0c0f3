import { registerEnumType } from 'type-graphql';

/** How a song came to its place, compared with the edition before. */
export const ChartStatus = {
  NEW: 'NEW',
  RE_ENTRY: 'RE_ENTRY',
  UP: 'UP',
  DOWN: 'DOWN',
  SAME: 'SAME',
} as const;
export type ChartStatus = (typeof ChartStatus)[keyof typeof ChartStatus];

registerEnumType(ChartStatus, {
  name: 'ChartStatus',
  description: 'How a song came to its place, compared with the edition before.',
  valuesConfig: {
    NEW: { description: 'It was in no earlier edition of the chart.' },
    RE_ENTRY: { description: 'It was not in the edition before, but in an earlier one.' },
    UP: { description: 'It has a better rank than in the edition before.' },
    DOWN: { description: 'It has a worse rank than in the edition before.' },
    SAME: { description: 'It has the same rank as in the edition before.' },
  },
});
