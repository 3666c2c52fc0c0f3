import { describe, expect, it } from 'vitest';
import { isCurrent, oldestAsOf, versionsAfter } from '../../src/cache/view-versions.js';
import { viewNames } from '../../src/catalogue/index.js';
import type { ViewName } from '../../src/catalogue/view.js';
import type { Generation } from '../../src/views/freshness.js';
import type { Source } from '../../src/views/reading.js';

const refresh = (
  generation: number,
  rowsChanged: Readonly<Partial<Record<ViewName, number | null>>> = {},
): Generation => ({
  generation,
  state: generation * 1000,
  previousState: (generation - 1) * 1000,
  asOf: `2026-03-01T12:00:${String(generation).padStart(2, '0')}.000000Z`,
  finishedAt: '2026-03-01T12:00:00.000000Z',
  durationMs: 1,
  rowsChanged: {
    ...Object.fromEntries(viewNames.map((view) => [view, 0])),
    mv_artist_analytics: 3,
    ...rowsChanged,
  },
  phases: {},
  behind: {},
});
const read = (generation: number, ...sources: Source[]) => ({
  generation,
  state: generation * 1000,
  sources,
});

describe('An answer that was read at one refresh', () => {
  const first = versionsAfter(null, refresh(1));

  it('stands while that refresh is the newest', () => {
    expect(isCurrent(read(1, 'mv_genre_stats'), first)).toBe(true);
  });

  it('stands after the next one if that left its views alone, and falls if it did not', () => {
    const second = versionsAfter(first, refresh(2, { mv_song_analytics: 1 }));
    expect(isCurrent(read(1, 'mv_genre_stats'), second)).toBe(true);
    expect(isCurrent(read(1, 'mv_genre_stats', 'mv_song_analytics'), second)).toBe(false);
    expect(isCurrent(read(1, 'mv_artist_analytics'), second)).toBe(false);
    expect(isCurrent(read(2, 'mv_song_analytics'), second)).toBe(true);
  });

  it('stands through many refreshes that left its views alone', () => {
    let known = first;
    for (let generation = 2; generation < 10; generation++) known = versionsAfter(known, refresh(generation));
    expect(isCurrent(read(1, 'mv_genre_stats'), known)).toBe(true);
    known = versionsAfter(known, refresh(10, { mv_genre_stats: 1 }));
    expect(isCurrent(read(9, 'mv_genre_stats'), known)).toBe(false);
  });

  it('falls with every refresh where it was read from the engine', () => {
    const second = versionsAfter(first, refresh(2, { mv_artist_analytics: 0 }));
    expect(isCurrent(read(1, 'mv_genre_stats', 'engine'), first)).toBe(true);
    expect(isCurrent(read(1, 'mv_genre_stats', 'engine'), second)).toBe(false);
  });

  it('falls when a refresh was missed, which may have changed anything', () => {
    expect(isCurrent(read(1, 'mv_genre_stats'), versionsAfter(first, refresh(3)))).toBe(false);
  });

  it('falls when the next refresh is one of another history', () => {
    const elsewhere = versionsAfter(first, { ...refresh(2), state: 77, previousState: 76 });
    expect(isCurrent(read(1, 'mv_genre_stats'), elsewhere)).toBe(false);
    expect(isCurrent({ ...read(1, 'mv_genre_stats'), state: 76 }, first)).toBe(false);
  });

  it('falls when the server does not count what changed', () => {
    const uncounted = versionsAfter(first, refresh(2, { mv_genre_stats: null }));
    expect(isCurrent(read(1, 'mv_genre_stats'), uncounted)).toBe(false);
    expect(isCurrent(read(1, 'mv_song_analytics'), uncounted)).toBe(true);
  });

  it('does not stand for a refresh before the one that it was read at', () => {
    expect(isCurrent(read(2, 'mv_genre_stats'), first)).toBe(false);
  });
});

describe('The instant of an answer', () => {
  const earlier = '2026-03-01T11:00:00.000000Z';
  const known = versionsAfter(null, {
    ...refresh(2),
    behind: { mv_genre_stats: { generation: 1, asOf: earlier } },
  });

  it('is the one of the last refresh, unless one of its views is behind', () => {
    expect(oldestAsOf(known, ['mv_song_analytics', 'engine'])).toBe(known.asOf);
    expect(oldestAsOf(known, [])).toBe(known.asOf);
    expect(oldestAsOf(known, ['mv_song_analytics', 'mv_genre_stats'])).toBe(earlier);
  });
});
