/** A stream of random numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `bound`. */
  below(bound: number): number;
  /** Normally distributed, with mean 0 and deviation 1. */
  normal(): number;
  /** Log-normally distributed: half of the values lie below `median`; `spread` is the deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  pick<T>(values: readonly T[]): T;
}

/**
 * The generator sfc32 (Chris Doty-Humphrey, PractRand). `purpose` gives each use a stream of its own, so that more
 * songs do not change who the listeners are.
 */
export function createRandom(seed: number, purpose: string): Random {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, hash(purpose), 1];
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still look like the seed.
  for (let round = 0; round < 15; round++) draw();

  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const below = (bound: number) => Math.floor(draw() * bound);
  return {
    next: draw,
    below,
    normal,
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    pick: (values) => values[below(values.length)]!,
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  return value;
}
