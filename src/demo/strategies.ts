import type { Random } from './random.js';

export const demoStrategies = ['pay-per-stream', 'gift-economy', 'patronage', 'auction'] as const;
export type DemoStrategy = (typeof demoStrategies)[number];

/** How many of a hundred songs are published under each. */
export const strategyWeights: Readonly<Record<DemoStrategy, number>> = {
  'pay-per-stream': 52,
  'gift-economy': 26,
  patronage: 15,
  auction: 7,
};

/** What a song usually costs, in FLOW: its price by stream, its usual tip, pledge or bid. */
export function drawPrice(strategy: DemoStrategy, random: Random): number {
  switch (strategy) {
    case 'pay-per-stream':
      return 0.002 + 0.001 * random.below(9);
    case 'gift-economy':
      return random.logNormal(0.4, 0.5);
    case 'patronage':
      return 0.01 + 0.01 * random.below(10);
    case 'auction':
      return random.logNormal(0.05, 0.8);
  }
}

/** Shorter listening than this is not paid for, in seconds. */
const paidFromSeconds = 30;

/** What one play pays, in FLOW with eight decimals. */
export function drawAmount(strategy: DemoStrategy, price: number, seconds: number, random: Random): string {
  return Math.max(0, amount()).toFixed(8);

  function amount(): number {
    switch (strategy) {
      case 'pay-per-stream':
        return seconds < paidFromSeconds ? 0 : price;
      case 'gift-economy':
        return random.next() < 0.93 ? 0 : random.logNormal(price, 0.9);
      case 'patronage':
        return random.next() < 0.3 ? price * (1 + random.below(5)) : price;
      case 'auction':
        return random.logNormal(price, 1.1);
    }
  }
}
