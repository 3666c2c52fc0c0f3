import { expect, it, vi } from 'vitest';
import { createBreaker } from '../../src/database/resilience/breaker.js';
import { createBulkhead } from '../../src/database/resilience/bulkhead.js';

it('lets no relation take more than its part, and gives a place that is free to who has waited longest', async () => {
  const bulkhead = createBulkhead({ width: 2, maxWaiting: 10, waitLimitMs: 1_000 });
  expect([bulkhead.enter('songs'), bulkhead.enter('songs'), bulkhead.enter('artists')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const order: string[] = [];
  const first = bulkhead.enter('songs')?.then(() => order.push('first'));
  const second = bulkhead.enter('songs')?.then(() => order.push('second'));
  expect(bulkhead.waiting()).toBe(2);
  bulkhead.leave('songs');
  await first;
  expect(order).toEqual(['first']);
  bulkhead.leave('songs');
  await second;
  expect([order, bulkhead.waiting()]).toEqual([['first', 'second'], 0]);
});

it('refuses at once when too many wait, and after a while when nothing moves', async () => {
  const bulkhead = createBulkhead({ width: 1, maxWaiting: 2, waitLimitMs: 10_000, stuckAfterMs: 50 });
  bulkhead.enter('songs');
  const waiting = [bulkhead.enter('songs'), bulkhead.enter('songs')];
  expect(() => bulkhead.enter('songs')).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(bulkhead.waiting()).toBe(0);
});

it('keeps no place for a client who has left', async () => {
  const bulkhead = createBulkhead({ width: 1, maxWaiting: 2, waitLimitMs: 10_000 });
  const leaving = new AbortController();
  bulkhead.enter('songs');
  const waiting = bulkhead.enter('songs', leaving.signal);
  leaving.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  bulkhead.leave('songs');
  expect([bulkhead.waiting(), bulkhead.enter('songs')]).toEqual([0, undefined]);
});

it('keeps queries from a server that cannot be reached, but for one after each pause, until it answers', () => {
  let now = 0;
  const breaker = createBreaker({ opensAfter: 3, elapsedMs: () => now, random: () => 1 });
  const isAdmitted = vi.fn(() => {
    try {
      breaker.admit();
      return true;
    } catch {
      return false;
    }
  });
  for (let failure = 0; failure < 3; failure++) {
    expect(isAdmitted()).toBe(true);
    breaker.failed(new Error('refused'));
  }
  expect([isAdmitted(), breaker.isOpen()]).toEqual([false, true]);
  now = 101;
  expect([isAdmitted(), isAdmitted()]).toEqual([true, false]);
  breaker.failed(new Error('refused'));
  now = 250;
  expect(isAdmitted()).toBe(false);
  now = 100_000;
  expect(isAdmitted()).toBe(true);
  breaker.answered();
  expect([isAdmitted(), isAdmitted(), breaker.isOpen()]).toEqual([true, true, false]);
});
