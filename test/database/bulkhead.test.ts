import { expect, it, vi } from 'vitest';
import { createBreaker } from '../../src/database/resilience/breaker.js';
import { type Bulkhead, createBulkhead } from '../../src/database/resilience/bulkhead.js';

/** What has become of a statement that asked for a place: `waiting`, `entered` or why it was refused. */
function enter(bulkhead: Bulkhead, relation: string, signal?: AbortSignal) {
  const place: { state: unknown } = { state: 'waiting' };
  bulkhead.enter(
    relation,
    signal,
    () => {
      place.state = 'entered';
    },
    (error) => {
      place.state = error;
    },
  );
  return place;
}

it('lets no relation take more than its part, and gives a place that is free to who has waited longest', () => {
  const bulkhead = createBulkhead({ width: 2, maxWaiting: 10, waitLimitMs: 1_000 });
  const places = ['songs', 'songs', 'artists', 'songs', 'songs'].map((name) => enter(bulkhead, name));
  const states = () => places.map(({ state }) => state);
  expect(states()).toEqual(['entered', 'entered', 'entered', 'waiting', 'waiting']);
  expect(bulkhead.waiting()).toBe(2);
  bulkhead.leave('songs');
  expect(states().slice(3)).toEqual(['entered', 'waiting']);
  bulkhead.leave('songs');
  expect([states().slice(3), bulkhead.waiting()]).toEqual([['entered', 'entered'], 0]);
});

it('refuses at once when too many wait, and after a while when nothing moves', async () => {
  const bulkhead = createBulkhead({ width: 1, maxWaiting: 2, waitLimitMs: 10_000, stuckAfterMs: 50 });
  const places = [1, 2, 3, 4].map(() => enter(bulkhead, 'songs'));
  const unavailable = expect.objectContaining({ code: 'UNAVAILABLE' });
  const states = () => places.map(({ state }) => state);
  expect(states()).toEqual(['entered', 'waiting', 'waiting', unavailable]);
  await vi.waitFor(() => expect(states().slice(1)).toEqual([unavailable, unavailable, unavailable]));
  expect(bulkhead.waiting()).toBe(0);
});

it('refuses who has waited for too long although others came and went', () => {
  vi.useFakeTimers();
  try {
    const bulkhead = createBulkhead({ width: 1, maxWaiting: 9, waitLimitMs: 5_000, stuckAfterMs: 1_000 });
    const [, first, second] = [1, 2, 3].map(() => enter(bulkhead, 'songs'));
    vi.advanceTimersByTime(900);
    bulkhead.leave('songs');
    vi.advanceTimersByTime(4_000);
    expect([first?.state, second?.state]).toEqual(['entered', 'waiting']);
    vi.advanceTimersByTime(100);
    expect(second?.state).toMatchObject({ code: 'UNAVAILABLE' });
  } finally {
    vi.useRealTimers();
  }
});

it('keeps no place for a client who has left', () => {
  const bulkhead = createBulkhead({ width: 1, maxWaiting: 2, waitLimitMs: 10_000 });
  const leaving = new AbortController();
  enter(bulkhead, 'songs');
  const waiting = enter(bulkhead, 'songs', leaving.signal);
  leaving.abort(new Error('left'));
  expect(waiting.state).toMatchObject({ message: 'left' });
  bulkhead.leave('songs');
  expect([bulkhead.waiting(), enter(bulkhead, 'songs').state]).toEqual([0, 'entered']);
});

it('keeps queries from a server that cannot be reached, but for one after each pause, until it answers', () => {
  let now = 0;
  const breaker = createBreaker({ opensAfter: 3, elapsedMs: () => now, random: () => 1 });
  const isAdmitted = () => breaker.refusal() === null;
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
