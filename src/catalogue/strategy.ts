import { registerEnumType } from 'type-graphql';

/** The economic models a song can be published under; the values are what the database holds. */
export const Strategy = {
  PAY_PER_STREAM: 'pay-per-stream',
  GIFT_ECONOMY: 'gift-economy',
  PATRONAGE: 'patronage',
  AUCTION: 'auction',
} as const;
export type Strategy = (typeof Strategy)[keyof typeof Strategy];

registerEnumType(Strategy, {
  name: 'Strategy',
  description: 'The economic model a song is published under.',
  valuesConfig: {
    PAY_PER_STREAM: { description: 'Each play is paid for.' },
    GIFT_ECONOMY: { description: 'Listening is free; listeners give what they like.' },
    PATRONAGE: { description: 'Patrons support the artist.' },
    AUCTION: { description: 'Access is sold to the highest bidder.' },
  },
});
