import { describe, expect, it } from 'vitest';
import { type Pace, pauseMs } from '../../src/client/polling/pause.js';
import { EntityTags } from '../../src/client/transport/entity-tags.js';
import { readRetryAfter } from '../../src/client/transport/retry-after.js';

const nowMs = Date.parse('2026-05-04T12:00:00Z');
const freshness = { generation: 7, asOf: '2026-05-04T11:59:00Z', nextRefreshAt: '2026-05-04T12:00:30Z' };
const pace: Pace = {
  freshness,
  failures: 0,
  retryAfterMs: 0,
  lateLooks: 0,
  nowMs,
  maxIntervalMs: Number.POSITIVE_INFINITY,
};

describe('The pause before the next look', () => {
  it.each<[string, Partial<Pace>, number]>([
    ['lasts until the next refresh and a moment', {}, 30_150],
    ['is never longer than the interval that was asked for', { maxIntervalMs: 1_200 }, 1_200],
    ['grows while a refresh is late', { nowMs: nowMs + 31_000, lateLooks: 0 }, 500],
    ['doubles while a refresh is late', { nowMs: nowMs + 31_000, lateLooks: 2 }, 2_000],
    ['ends somewhere while a refresh is late', { nowMs: nowMs + 31_000, lateLooks: 40 }, 15_000],
    ['is a few seconds without a schedule', { freshness: { ...freshness, nextRefreshAt: null } }, 5_000],
    ['is a few seconds before the first answer', { freshness: null }, 5_000],
    ['follows failures, not the schedule', { failures: 1 }, 1_200],
    ['doubles with each failure', { failures: 3 }, 4_800],
    ['ends somewhere after many failures', { failures: 50 }, 15_000],
    ['is as long as the gateway asks for', { failures: 1, retryAfterMs: 20_000 }, 20_000],
    ['fits a timer when the next refresh is a year away', { nowMs: nowMs - 365 * 86_400_000 }, 86_400_000],
  ])('%s', (_title, changes, expected) => {
    expect(pauseMs({ ...pace, ...changes })).toBe(expected);
  });

  it.each([
    ['5', 5_000],
    ['Mon, 04 May 2026 12:00:07 GMT', 7_000],
    ['Mon, 04 May 2026 11:00:00 GMT', 0],
    ['soon', 0],
    [null, 0],
  ])('reads Retry-After: %s', (header, expected) => {
    expect(readRetryAfter(header, nowMs)).toBe(expected);
  });
});

describe('Entity tags', () => {
  it('keep what was used last, and nothing without a tag', () => {
    const tags = new EntityTags<number>(2);
    tags.keep('a', '"1"', 1);
    tags.keep('b', '"2"', 2);
    tags.find('a');
    tags.keep('c', '"3"', 3);
    expect(['a', 'b', 'c'].map((key) => tags.find(key)?.kept)).toEqual([1, undefined, 3]);
    tags.keep('a', null, 4);
    expect(tags.find('a')).toBeUndefined();
  });
});
