import { describe, expect, it } from 'vitest';
import { RateLimited } from '../../src/limits/rate/rate-limited.js';
import { createRateLimiter } from '../../src/limits/rate/rate-limiter.js';

function start(maxSubjects?: number) {
  const clock = { ms: 1_000 };
  const limiter = createRateLimiter({ elapsedMs: () => clock.ms, maxSubjects });
  const take = (subject: string, units: number) =>
    limiter.take(limiter.budgetOf(subject, { rate: 10, burst: 100 }), units);
  return { clock, limiter, take };
}

describe('A budget', () => {
  it('can be spent at once, and not more', () => {
    const { take } = start();
    expect(take('a', 60)).toBe(0);
    expect(take('a', 40)).toBe(0);
    expect(take('a', 1)).toBeGreaterThan(0);
  });

  it('says how long it takes until there is enough, and then there is', () => {
    const { clock, take } = start();
    take('a', 100);
    const waitMs = take('a', 25);
    expect(waitMs).toBe(2_500);
    clock.ms += 2_499;
    expect(take('a', 25)).toBeGreaterThan(0);
    clock.ms += 1;
    expect(take('a', 25)).toBe(0);
  });

  it('is not charged for what was refused', () => {
    const { clock, take } = start();
    take('a', 100);
    for (let n = 0; n < 50; n++) take('a', 50);
    clock.ms += 5_000;
    expect(take('a', 50)).toBe(0);
  });

  it('never holds more than the burst, however long nobody asked', () => {
    const { clock, take } = start();
    clock.ms += 3_600_000;
    expect(take('a', 100)).toBe(0);
    expect(take('a', 1)).toBeGreaterThan(0);
  });

  it('is everybody’s own', () => {
    const { take } = start();
    take('a', 100);
    expect(take('b', 100)).toBe(0);
  });

  it('allows exactly its rate over a long time', () => {
    const { clock, take } = start();
    let spent = 0;
    for (let ms = 0; ms < 60_000; ms += 10) {
      clock.ms += 10;
      if (take('a', 3) === 0) spent += 3;
    }
    expect(spent).toBeGreaterThanOrEqual(690);
    expect(spent).toBeLessThanOrEqual(700);
  });
});

describe('Budgets', () => {
  it('take a bounded amount of memory: the client that asked longest ago is forgotten', () => {
    const { limiter, take } = start(1_000);
    for (let n = 0; n < 5_000; n++) take(`net ${n}`, 1);
    expect(limiter.size).toBe(1_000);
  });
});

describe('A refusal', () => {
  it('names whole seconds, at least one', () => {
    expect(new RateLimited(3).retryAfterSeconds).toBe(1);
    expect(new RateLimited(2_001).retryAfterSeconds).toBe(3);
    expect(new RateLimited(2_001).message).toMatch(/in 3 s/);
  });
});
