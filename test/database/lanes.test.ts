import { expect, it, vi } from 'vitest';
import { createBreaker } from '../../src/database/breaker.js';
import { createLanes } from '../../src/database/lanes.js';

it('lets no relation take more than its part, and gives a place that is free to who has waited longest', async () => {
  const lanes = createLanes({ width: 2, mostWaiting: 10, waitLimitMs: 1_000 });
  expect([lanes.enter('songs'), lanes.enter('songs'), lanes.enter('artists')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const order: string[] = [];
  const first = lanes.enter('songs')?.then(() => order.push('first'));
  const second = lanes.enter('songs')?.then(() => order.push('second'));
  expect(lanes.waiting()).toBe(2);
  lanes.leave('songs');
  await first;
  expect(order).toEqual(['first']);
  lanes.leave('songs');
  await second;
  expect([order, lanes.waiting()]).toEqual([['first', 'second'], 0]);
});

it('refuses at once when too many wait, and after a while when nothing moves', async () => {
  const lanes = createLanes({ width: 1, mostWaiting: 2, waitLimitMs: 10_000, stuckAfterMs: 50 });
  lanes.enter('songs');
  const waiting = [lanes.enter('songs'), lanes.enter('songs')];
  expect(() => lanes.enter('songs')).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(lanes.waiting()).toBe(0);
});

it('keeps no place for a client who has left', async () => {
  const lanes = createLanes({ width: 1, mostWaiting: 2, waitLimitMs: 10_000 });
  const leaving = new AbortController();
  lanes.enter('songs');
  const waiting = lanes.enter('songs', leaving.signal);
  leaving.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  lanes.leave('songs');
  expect([lanes.waiting(), lanes.enter('songs')]).toEqual([0, undefined]);
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
