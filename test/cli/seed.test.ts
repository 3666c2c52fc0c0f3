import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seed } from '../../src/cli/commands/seed.js';
import type { Database } from '../../src/database/database.js';
import { type DemoOptions, defaultDemo } from '../../src/demo/seed.js';
import { describeEachDatabase } from '../support/databases.js';
import { runCommand } from './run-command.js';

const now = new Date('2026-05-15T12:34:56Z');
const small: DemoOptions = { artists: 30, songs: 400, listeners: 300, plays: 12_000, days: 120, seed: 7 };

describeEachDatabase('mycelix-analytics seed', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    await database.query('truncate plays, songs, artists');
  });

  const run = (options: Partial<DemoOptions> = {}, signal?: AbortSignal) =>
    runCommand(seed, database, { ...small, ...options }, { now, signal });

  async function one(sql: string): Promise<Record<string, never>> {
    return (await database.query(sql)).rows[0];
  }
  const digest = () =>
    one(`select
      (select md5(string_agg(a::text, ',' order by artist_address)) from artists a) as artists,
      (select md5(string_agg(s::text, ',' order by song_id)) from songs s) as songs,
      (select md5(string_agg(concat_ws(' ', song_id, listener_address, played_at, duration, amount_paid), ',' order by id))
       from plays) as plays`);

  test('makes as much as it was asked for, in tables, partitions and words', async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toBe('Made 30 artists, 400 songs, 300 listeners, 12,000 plays over 120 days.\n');
    expect(
      await one(`select (select count(*) from artists) as artists, (select count(*) from songs) as songs,
        count(*) as plays, min(played_at) >= timestamptz '2026-01-15 12:34:56Z' as begins, max(played_at) < timestamptz '2026-05-15 12:34:56Z' as ends,
        count(distinct tableoid) as months, (select count(*) from plays_default) as elsewhere from plays`),
    ).toEqual({ artists: 30, songs: 400, plays: 12_000, begins: true, ends: true, months: 5, elsewhere: 0 });
  });

  test('makes the same rows for the same seed, and others for another', async () => {
    await run();
    const first = await digest();
    await database.query('truncate plays, songs, artists restart identity');
    await run();
    expect(await digest()).toEqual(first);
    await database.query('truncate plays, songs, artists restart identity');
    await run({ seed: 8 });
    const other = await digest();
    for (const table of ['artists', 'songs', 'plays'] as const) expect(other[table]).not.toBe(first[table]);
  });

  test('makes data that could be real: nobody plays a song before it is out, or pays what its strategy does not ask', async () => {
    await run();
    const facts = await one(`select
      count(*) filter (where played_at < s.created_at) as too_early,
      count(*) filter (where duration not between 0 and 600) as too_long,
      count(*) filter (where listener_address !~ '^0x[0-9a-f]{40}$') as no_address,
      (select count(*) from songs join artists using (artist_address) where songs.created_at < artists.created_at) as unborn,
      (select count(*) > 0 from songs where genre is null) as has_untagged,
      (select count(distinct genre) between 8 and 16 from songs) as has_genres,
      (select count(distinct strategy) from songs) as strategies,
      avg((amount_paid = 0)::int) filter (where strategy = 'gift-economy') > 0.8 as gifts_are_rare,
      max(amount_paid) filter (where strategy = 'pay-per-stream') < 0.02 as streams_are_cheap
      from plays p join songs s using (song_id)`);
    expect(facts).toEqual({
      too_early: 0,
      too_long: 0,
      no_address: 0,
      unborn: 0,
      has_untagged: true,
      has_genres: true,
      strategies: 4,
      gifts_are_rare: true,
      streams_are_cheap: true,
    });
  });

  test('makes listening as skewed as it is: by song, by listener, by hour, and growing', async () => {
    await run();
    const { songs, listeners, evening, growth } = await one(`select
      (select sum(n) from (select count(*) n from plays group by song_id order by 1 desc limit 40) top)::float8 / count(*) as songs,
      (select sum(n) from (select count(*) n from plays group by listener_address order by 1 desc limit 30) top)::float8 / count(*) as listeners,
      count(*) filter (where extract(hour from played_at at time zone 'UTC') between 18 and 20)::float8
        / count(*) filter (where extract(hour from played_at at time zone 'UTC') between 2 and 4) as evening,
      count(*) filter (where played_at >= timestamptz '2026-04-15 12:34:56Z')::float8
        / count(*) filter (where played_at < timestamptz '2026-02-14 12:34:56Z') as growth
      from plays`);
    expect(songs).toBeGreaterThan(0.3);
    expect(listeners).toBeGreaterThan(0.25);
    expect(evening).toBeGreaterThan(3);
    expect(growth).toBeGreaterThan(1.1);
  });

  test('refuses tables that are not empty with one sentence, and changes nothing', async () => {
    await run({ plays: 0 });
    const before = await digest();
    const { code, stdout, stderr } = await run();
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Demo data goes into empty tables only: expected no rows, got some in artists, songs. Nothing was changed.\n',
    });
    expect(await digest()).toEqual(before);
  });

  test('leaves nothing behind when it is interrupted', async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 150);
    const { code, stderr } = await run({ plays: 1_000_000, days: 30 }, stopping.signal);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Interrupted; nothing was written.\n' });
    expect(await digest()).toEqual({ artists: null, songs: null, plays: null });
  });

  test('makes the smallest world there can be', async () => {
    const tiny = { artists: 1, songs: 1, listeners: 1, plays: 50, days: 1 };
    expect(await run(tiny)).toMatchObject({ code: 0 });
    expect(await one('select count(*), count(distinct song_id) as songs from plays')).toEqual({
      count: 50,
      songs: 1,
    });
  });
});

describe('mycelix-analytics seed', () => {
  test('has the defaults of the demo', () => {
    const defaults = seed.options.map(({ name, parse, default: text }) => [name, parse?.(text ?? '')]);
    expect(Object.fromEntries(defaults)).toEqual(defaultDemo);
  });
});
