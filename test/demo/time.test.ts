import { describe, expect, it } from 'vitest';
import { type DemoPlay, listening } from '../../src/demo/plays.js';
import { createRandom } from '../../src/demo/random.js';
import { drawInstants } from '../../src/demo/rhythm.js';
import { defaultDemo } from '../../src/demo/seed.js';
import { createWorld } from '../../src/demo/world.js';

const weekMs = 7 * 86_400_000;
const now = new Date('2026-11-30T07:00:00Z');
/** The end of the last week that is over at that time: weeks of charts begin on Friday, in UTC. */
const friday = Date.parse('2026-11-27T00:00:00Z');

/** The plays of a demo as it is seeded, without a database. */
function* playsOf(seed: number): Generator<DemoPlay> {
  const world = createWorld({ ...defaultDemo, seed }, now);
  const random = createRandom(seed, 'plays');
  const drawPlay = listening(world);
  for (const instant of drawInstants(defaultDemo.plays, world.from, world.to, random))
    yield drawPlay(instant, random);
}

/** For each week that is over, from the first to the last one: the ids of songs, most played first. */
function chartsOf(plays: Iterable<DemoPlay>): string[][] {
  const weeks = new Map<number, Map<string, number>>();
  for (const { playedAt, songId } of plays) {
    const week = Math.floor((playedAt - friday) / weekMs);
    if (week >= 0) continue;
    const counts = weeks.get(week) ?? new Map<string, number>();
    weeks.set(week, counts.set(songId, (counts.get(songId) ?? 0) + 1));
  }
  return [...weeks]
    .sort(([left], [right]) => left - right)
    .map(([, counts]) =>
      [...counts]
        .sort(([left, more], [right, less]) => less - more || (left < right ? -1 : 1))
        .map(([songId]) => songId),
    );
}

/** Ranks from 1 to 100 along the weeks; null where a song is not in the chart. */
function ranksOf(songId: string, charts: readonly string[][]): (number | null)[] {
  return charts.map((chart) => {
    const rank = chart.indexOf(songId) + 1;
    return rank > 0 && rank <= 100 ? rank : null;
  });
}

describe('The demo along time', () => {
  const usual = [...playsOf(defaultDemo.seed)];

  it.each([
    ['the usual seed', usual],
    ['another seed', playsOf(7)],
  ])('of %s has a release that rises and falls, and a song that comes back', (_, plays) => {
    const charts = chartsOf(plays);
    expect(charts.length).toBeGreaterThan(55);

    const release = ranksOf('song-2', charts).slice(-9);
    const height = release.indexOf(1);
    expect(height).toBeGreaterThanOrEqual(0);
    expect(height).toBeLessThan(5);
    expect(release.at(-1) ?? 101).toBeGreaterThan(5);
    expect(ranksOf('song-2', charts).slice(0, -10)).toEqual(charts.slice(0, -10).map(() => null));

    const comeback = ranksOf('song-3', charts);
    const back = comeback.slice(-3);
    expect(Math.min(...back.map((rank) => rank ?? 101))).toBeLessThanOrEqual(3);
    const before = comeback.slice(0, -4);
    expect(Math.min(...before.map((rank) => rank ?? 101))).toBeLessThanOrEqual(3);
    expect(before.slice(-6)).toEqual([null, null, null, null, null, null]);
  });

  it('has working days, weekends and seasons', () => {
    const byHour = { working: new Array<number>(24).fill(0), weekend: new Array<number>(24).fill(0) };
    const byWeekday = new Array<number>(7).fill(0);
    const byMonth = new Map<string, number>();
    for (const { playedAt } of usual) {
      const at = new Date(playedAt);
      const weekday = at.getUTCDay();
      byHour[weekday === 0 || weekday === 6 ? 'weekend' : 'working'][at.getUTCHours()]! += 1;
      byWeekday[weekday]! += 1;
      const month = at.toISOString().slice(0, 7);
      byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
    }
    expect(byHour.working[7]).toBeGreaterThan(1.1 * byHour.working[10]!);
    expect(byHour.weekend[7]).toBeLessThan(0.5 * byHour.weekend[10]!);
    expect(byHour.weekend[1]! / byHour.weekend[18]!).toBeGreaterThan(
      1.5 * (byHour.working[1]! / byHour.working[18]!),
    );
    expect(Math.min(byWeekday[5]!, byWeekday[6]!)).toBeGreaterThan(1.2 * byWeekday[1]!);
    // Growth alone would make each month larger than the one before.
    expect(byMonth.get('2026-08')).toBeLessThan(byMonth.get('2026-06')!);
    expect(byMonth.get('2025-12')).toBeGreaterThan(byMonth.get('2026-01')!);
  });
});
