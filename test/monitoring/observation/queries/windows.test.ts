import { describe, expect, it } from 'vitest';
import { bucketCount, bucketOf, middleOf } from '../../../../src/monitoring/observation/queries/histogram.js';
import { maxNames, otherNames, Windows } from '../../../../src/monitoring/observation/queries/windows.js';

/** A clock that goes forward when it is told to. */
function setUp(maxBuckets?: number) {
  let nowMs = 1_000_000;
  const windows = new Windows({ elapsedMs: () => nowMs, maxBuckets });
  const add = (durationMs: number, name = 'songs', isError = false) =>
    windows.add(name, { durationMs, isSlow: durationMs > 1_000, isError });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { windows, add, pass };
}

/** Uniform in (0, 1), the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return (((mixed ^ (mixed >>> 15)) >>> 0) + 0.5) / 2 ** 32;
  };
}

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

/** Durations in milliseconds, of shapes that queries have. */
const distributions: Readonly<Record<string, (random: () => number) => number>> = {
  'the same value every time': () => 12.345,
  'evenly spread values': (random) => 1 + random() * 99,
  'exponential values': (random) => -Math.log(random()) * 8,
  'log-normal values': (random) => Math.exp(1 + 1.2 * normal(random)),
  'a heavy tail': (random) => 2 / random() ** 0.8,
  'two humps far apart': (random) => (random() < 0.93 ? 0.4 : 900) * (1 + random() / 5),
  'values of a few microseconds': (random) => 0.002 + random() * 0.01,
  'values of minutes': (random) => 60_000 * (1 + 10 * random()),
};

describe('The quantiles of a window', () => {
  for (const [name, draw] of Object.entries(distributions))
    it(`are within 2 % of the exact ones for ${name} (G-MON-08)`, () => {
      for (const [size, seed] of [
        [1, 1],
        [7, 2],
        [500, 3],
        [20_000, 4],
      ] as const) {
        const { windows, add, pass } = setUp();
        const random = randomFrom(seed);
        const values = Array.from({ length: size }, () => draw(random));
        values.forEach((value, index) => {
          add(value, `query ${index % 3}`);
          if (index % 400 === 399) pass(900);
        });
        const { all } = windows.read(600_000);
        const sorted = values.toSorted((one, other) => one - other);
        for (const share of [0.5, 0.95, 0.99]) {
          const exact = sorted[Math.ceil(share * size) - 1] as number;
          const told = all.quantile(share) as number;
          expect(Math.abs(told / exact - 1), `${size} values, ${share}: ${told} for ${exact}`).toBeLessThan(
            0.02,
          );
        }
        expect(all.count).toBe(size);
        expect([all.minMs, all.maxMs]).toEqual([sorted[0], sorted.at(-1)]);
        expect(all.sumMs).toBeCloseTo(
          values.reduce((sum, value) => sum + value, 0),
          3,
        );
      }
    });

  it('come from buckets whose middle differs from each of its values by less than 0.8 %', () => {
    for (let ms = 0.001; ms < 4_000_000; ms *= 1.0013)
      expect(Math.abs(middleOf(bucketOf(ms)) / ms - 1)).toBeLessThan(0.008);
    expect([0, -1, Number.NaN, 1e-9].map(bucketOf)).toEqual([0, 0, 0, 0]);
    expect(bucketOf(1e12)).toBe(bucketCount - 1);
  });

  it('are null where there was no query', () => {
    const { windows } = setUp();
    expect(windows.read(60_000).all.quantile(0.95)).toBeNull();
  });
});

describe('A window of queries', () => {
  it('slides: what is older than it is no longer counted (G-MON-07)', () => {
    const { windows, add, pass } = setUp();
    add(1);
    pass(5_000);
    add(2);
    pass(5_000);
    expect(windows.read(3_000).all.count).toBe(0);
    expect(windows.read(7_000).all.count).toBe(1);
    expect(windows.read(60_000).all.count).toBe(2);
    pass(600_000);
    expect(windows.read(600_000).all.count).toBe(0);
    expect(windows.read(630_000).all.count).toBe(2);
    expect(windows.read(3_600_000).all.count).toBe(2);
    pass(3_600_000);
    add(3);
    expect(windows.read(3_600_000).all.count).toBe(1);
  });

  it('counts every query once, wherever slices of time begin', () => {
    const { windows, add, pass } = setUp();
    for (let index = 0; index < 3_000; index++) {
      add(1 + (index % 50), undefined, index % 10 === 0);
      pass(37);
    }
    for (const windowMs of [120_000, 121_000, 3_600_000]) {
      const { all } = windows.read(windowMs);
      expect([all.count, all.errors]).toEqual([3_000, 300]);
    }
  });

  it('says how far back it reaches after a start and after a clearing', () => {
    const { windows, add, pass } = setUp();
    pass(20_000);
    add(1);
    expect(windows.read(60_000).coveredMs).toBe(20_000);
    windows.clear();
    pass(3_000);
    expect(windows.read(60_000)).toMatchObject({ coveredMs: 3_000, all: { count: 0 } });
    expect(windows.read(1_000).coveredMs).toBe(1_000);
  });

  it('covers whole slices, so that what it counts is the rate of the time that it covers', () => {
    const { windows, add, pass } = setUp();
    for (let tenths = 0; tenths < 72_005; tenths++) {
      add(1);
      pass(100);
    }
    for (const windowMs of [1, 999, 1_000, 1_499, 60_000, 120_000, 120_001, 599_900, 3_600_000]) {
      const { coveredMs, all } = windows.read(windowMs);
      expect(coveredMs, `${windowMs}`).toBeGreaterThanOrEqual(windowMs);
      expect(coveredMs - windowMs, `${windowMs}`).toBeLessThan(windowMs > 120_000 ? 10_000 : 1_000);
      expect(all.count, `${windowMs}`).toBe(coveredMs / 100);
    }
    const longest = windows.read(3_610_000);
    expect(windows.read(36_000_000)).toMatchObject({
      coveredMs: longest.coveredMs,
      all: { count: longest.all.count },
    });
  });

  it('is as long as the time since a clearing, in the middle of a slice, too', () => {
    const { windows, add, pass } = setUp();
    add(1);
    pass(45_678);
    windows.clear();
    expect(windows.read(3_600_000)).toMatchObject({ coveredMs: 0, all: { count: 0 } });
    pass(12);
    add(1);
    for (const windowMs of [1_000, 3_600_000])
      expect(windows.read(windowMs)).toMatchObject({ coveredMs: 12, all: { count: 1 } });
  });

  it('of the last two minutes keeps its length when longer ones lose theirs to the bound of memory', () => {
    const { windows, add, pass } = setUp(2_000);
    for (let second = 0; second < 300; second++) {
      for (let index = 0; index < 30; index++) add(2 ** (index / 2));
      pass(1_000);
    }
    expect(windows.read(200_000).coveredMs).toBeLessThan(120_000);
    expect(windows.read(60_000)).toMatchObject({ coveredMs: 60_000, all: { count: 1_800 } });
  });

  it('tells queries apart by name, and counts those beyond the maximum of names together', () => {
    const { windows, add } = setUp();
    for (let index = 0; index < maxNames + 50; index++) add(index + 1, `query ${index}`);
    const { byName, all } = windows.read(60_000);
    expect(byName.size).toBe(maxNames + 1);
    expect(byName.get('query 3')?.maxMs).toBe(4);
    expect(byName.get(otherNames)?.count).toBe(50);
    expect(all.count).toBe(maxNames + 50);
  });

  it('takes a bounded amount of memory, and covers less time if that is not enough', () => {
    const maxBuckets = 20_000;
    const { windows, add, pass } = setUp(maxBuckets);
    const random = randomFrom(5);
    for (let second = 0; second < 3_700; second++) {
      for (let index = 0; index < 30; index++) add(Math.exp(10 * random() - 3), `query ${index % 8}`);
      pass(1_000);
    }
    expect(windows.bucketsKept).toBeLessThanOrEqual(maxBuckets + 8 * bucketCount);
    const { coveredMs, all } = windows.read(3_600_000);
    expect(coveredMs).toBeLessThan(3_600_000);
    expect(coveredMs).toBeGreaterThan(120_000);
    expect(Math.abs(all.count - (coveredMs / 1000) * 30)).toBeLessThanOrEqual(600);
  });
});
