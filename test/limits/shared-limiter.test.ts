import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/limits/rate/rate-limiter.js';
import { shareLimiter } from '../../src/limits/rate/shared-limiter.js';

const limits = { rate: 10, burst: 100 };

function start() {
  const clock = { ms: 1_000 };
  const [one, other] = [0, 1].map(() => shareLimiter(createRateLimiter({ elapsedMs: () => clock.ms })));
  if (!one || !other) throw new Error('Expected two limiters.');
  const take = (limiter: typeof one, units: number, subject = 'a') =>
    limiter.take(limiter.budgetOf(subject, limits), units);
  const tell = () => {
    const [ofOne, ofOther] = [one.takeSpendings(), other.takeSpendings()];
    other.debitSpendings(ofOne);
    one.debitSpendings(ofOther);
  };
  return { clock, one, other, take, tell };
}

test('What one process gave a client is missing in the others once they have been told', () => {
  const { one, other, take, tell } = start();
  take(one, 60);
  take(one, 10);
  take(one, 5, 'b');
  tell();
  expect(take(other, 31)).toBeGreaterThan(0);
  expect(take(other, 30)).toBe(0);
  expect(take(other, 95, 'b')).toBe(0);
});

test('What was given twice before that is owed, so that the rate holds over time', () => {
  const { clock, one, other, take, tell } = start();
  for (const limiter of [one, other]) expect(take(limiter, 100)).toBe(0);
  tell();
  clock.ms += 10_000;
  for (const limiter of [one, other]) expect(take(limiter, 1)).toBeGreaterThan(0);
  clock.ms += 1_000;
  expect(take(one, 10)).toBe(0);
});

test('What was told once, or refused, is not told again', () => {
  const { one, take } = start();
  take(one, 60);
  take(one, 60);
  expect(one.takeSpendings()).toEqual([{ subject: 'a', ...limits, units: 60 }]);
  expect(one.takeSpendings()).toEqual([]);
});
