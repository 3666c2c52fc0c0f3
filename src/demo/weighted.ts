import type { Random } from './random.js';

/** Draws indexes, each as often as its weight says. */
export type WeightedDraw = (random: Random) => number;

/** Takes the weights once and draws in constant time (the alias method, after Vose). At least one must be positive. */
export function weighted(weights: readonly number[]): WeightedDraw {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float64Array.from(weights, (weight) => (weight * size) / total);
  const alias = new Uint32Array(size);
  const poor: number[] = [];
  const rich: number[] = [];
  share.forEach((value, index) => {
    (value < 1 ? poor : rich).push(index);
  });
  while (poor.length > 0 && rich.length > 0) {
    const [low, high] = [poor.pop()!, rich.pop()!];
    alias[low] = high;
    share[high]! -= 1 - share[low]!;
    (share[high]! < 1 ? poor : rich).push(high);
  }
  // What is left is 1 up to rounding.
  for (const index of [...poor, ...rich]) share[index] = 1;
  return (random) => {
    const index = random.below(size);
    return random.next() < share[index]! ? index : alias[index]!;
  };
}

/** The weight of a rank from 0 on, as Zipf found it for words and everybody since for songs. */
export function zipf(rank: number, exponent: number): number {
  return 1 / (rank + 2) ** exponent;
}
