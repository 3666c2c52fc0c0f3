import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importCommand } from '../../src/cli/commands/import.js';
import type { Database } from '../../src/database/database.js';
import { drawArrivals, type LiveDemo, playsPerSecond, startLiveDemo } from '../../src/demo/live.js';
import { findLivingWorld, type LivingWorld } from '../../src/demo/living.js';
import { createRandom } from '../../src/demo/random.js';
import { type DemoOptions, seedDemo } from '../../src/demo/seed.js';
import { refreshViews } from '../../src/refresh/refresh-views.js';
import { openFresh } from '../support/databases.js';
import { startGateway } from '../support/gateway.js';
import { holdSession } from '../support/hold-session.js';
import { until } from '../support/wait.js';

const madeAt = new Date('2026-05-15T12:00:00Z');
const small: DemoOptions = { artists: 20, songs: 150, listeners: 80, plays: 3_000, days: 60, seed: 3 };
const everyMs = 20;

describe('The living demo', () => {
  let database: Database;
  let world: LivingWorld;
  let demo: LiveDemo | null = null;
  let clock = madeAt.getTime();
  const failures: unknown[] = [];

  beforeAll(async () => {
    database = await openFresh();
    await seedDemo(database, small, madeAt);
    await refreshViews(database, { trigger: 'start', wait: true });
    world = (await findLivingWorld(database)) as LivingWorld;
  });
  afterAll(() => database?.close());
  beforeEach(() => {
    failures.length = 0;
  });
  afterEach(async () => {
    await demo?.stop();
    demo = null;
  });

  const start = (over: Database = database, pauseMs = 30) => {
    demo = startLiveDemo({
      database: over,
      world,
      now: () => new Date(clock),
      onFailure: (error) => void failures.push(error),
      perSecond: 100,
      everyMs,
      pauseMs,
    });
    return demo;
  };
  const count = async (where = 'true') => {
    const { rows } = await database.query(`select count(*)::int as n from plays where ${where}`);
    return rows[0].n as number;
  };

  it('knows the world that a database was seeded with', () => {
    expect(world.seed).toBe(small.seed);
  });

  it('lets plays arrive that the next refresh counts', async () => {
    clock = madeAt.getTime() + 3_600_000;
    const before = await count();
    const live = start();
    await until('five plays', () => live.written() >= 5);
    await live.stop();
    expect(await count()).toBe(before + live.written());
    await refreshViews(database, { trigger: 'start', wait: true });
    const { rows } = await database.query('select total_plays::int as n from mv_platform_stats');
    expect(rows[0].n).toBe(before + live.written());
    expect(failures).toEqual([]);
  });

  it('dates them by the clock it is given', async () => {
    clock = madeAt.getTime() + 40 * 86_400_000;
    const live = start();
    await until('three plays', () => live.written() >= 3);
    await live.stop();
    expect(await count(`played_at > timestamptz '2026-06-14 11:59:59Z'`)).toBe(live.written());
    expect(await count(`played_at > timestamptz '2026-06-24 12:00:00Z'`)).toBe(0);
  });

  it('lets about three a second arrive, a few of them late by a minute to ten days, skewed as the seed is', () => {
    const random = createRandom(1, 'test');
    const instant = madeAt.getTime() + 1_000;
    const beats = 20_000;
    const plays = Array.from({ length: beats }, () =>
      drawArrivals(world, playsPerSecond / 2, instant, 500, random),
    ).flat();
    expect(plays.length / (beats / 2)).toBeCloseTo(playsPerSecond, 1);

    const ages = plays.map(({ playedAt }) => instant - playedAt);
    const late = ages.filter((age) => age > 500);
    expect(late.length / plays.length).toBeGreaterThan(0.04);
    expect(late.length / plays.length).toBeLessThan(0.08);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...late)).toBeLessThanOrEqual(10 * 86_400_000);
    expect(late.filter((age) => age > 3_600_000).length / late.length).toBeGreaterThan(0.2);
    // Some come after the end of the week that they were played in.
    expect(late.filter((age) => age > 86_400_000).length / late.length).toBeGreaterThan(0.1);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);

    const bySong = new Map<string, number>();
    for (const { songId } of plays) bySong.set(songId, (bySong.get(songId) ?? 0) + 1);
    const counts = [...bySong.values()].sort((a, b) => b - a);
    const ofTheTop = counts.slice(0, 15).reduce((sum, n) => sum + n, 0);
    expect(ofTheTop / plays.length).toBeGreaterThan(0.3);
  });

  it('goes on slowly after the first hundred, so that today does not dwarf the days before', async () => {
    const live = start();
    await until('the quick ones', () => live.written() >= 100);
    const quick = live.written();
    await sleep(20 * everyMs);
    // Forty would have come at the pace before; now less than one is expected.
    expect(live.written() - quick).toBeLessThan(20);
  });

  it('plays something else after a new start', () => {
    const draw = (at: number) => drawArrivals(world, 5, madeAt.getTime(), 500, createRandom(3, `live ${at}`));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('pauses while the database refuses, longer each time, says so once, and goes on afterwards', async () => {
    const attemptedAtMs: number[] = [];
    let refuses = true;
    const refusing = {
      ...database,
      reader: {
        read: (name, query) => {
          attemptedAtMs.push(performance.now());
          return refuses ? Promise.reject(new Error('the disk is full')) : database.reader.read(name, query);
        },
      },
    } satisfies Database;
    const live = start(refusing);
    await until('four attempts', () => attemptedAtMs.length >= 4);
    expect(live.written()).toBe(0);
    expect(failures).toHaveLength(1);
    // Each pause is twice the one before. A timer may come late and never early, but for a rounded millisecond.
    const pauses = [1, 2, 3].map((each) => attemptedAtMs[each]! - attemptedAtMs[each - 1]!);
    for (const [each, pause] of pauses.entries()) expect(pause).toBeGreaterThan(30 * 2 ** each - 2);
    refuses = false;
    await until('a play', () => live.written() > 0);
    expect(failures).toHaveLength(1);
  });

  it('gives way to whoever waits for the database', async () => {
    const client = await holdSession(database);
    const waiting = database.query('select 1');
    const live = start();
    await sleep(10 * everyMs);
    expect(database.poolCounts().waiting).toBe(1);
    client.release();
    await waiting;
    await until('a play', () => live.written() > 0);
  });

  it('writes nothing after its end', async () => {
    const live = start();
    await until('a play', () => live.written() > 0);
    await live.stop();
    const written = await count();
    await sleep(5 * everyMs);
    expect(await count()).toBe(written);
  });
});

describe('A database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openFresh();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    await database.query('truncate plays, songs, artists');
    await seedDemo(database, small, madeAt);
    await refreshViews(database, { trigger: 'start', wait: true });
    expect(await findLivingWorld(database)).not.toBeNull();
  });

  const own = `insert into artists (artist_address, name) values ('0xab', 'Somebody real');
    insert into songs (song_id, title, artist_address, strategy) values ('own', 'Own', '0xab', 'auction')`;

  it('on a server has no demo that lives, whatever it holds', async () => {
    expect(await findLivingWorld({ ...database, kind: 'server' })).toBeNull();
  });

  it('without the mark of the seed has no demo that lives', async () => {
    await database.query('comment on table plays is null');
    expect(await findLivingWorld(database)).toBeNull();
    await database.query(`comment on table plays is 'Demo data of ours'`);
    expect(await findLivingWorld(database)).toBeNull();
  });

  it('with an artist or a song of somebody’s own has no demo that lives', async () => {
    await database.query(own.split(';')[0] as string);
    expect(await findLivingWorld(database)).toBeNull();
    await database.query(own.split(';')[1] as string);
    expect(await findLivingWorld(database)).toBeNull();
  });

  it('that lacks a song of the demo has no demo that lives', async () => {
    await database.query(`delete from plays where song_id = 'song-9'`);
    await database.query(`delete from songs where song_id = 'song-9'`);
    expect(await findLivingWorld(database)).toBeNull();
  });

  it('with a listener of somebody’s own has no demo that lives', async () => {
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-1', '0xab', now(), 1, 0)`,
    );
    await refreshViews(database, { trigger: 'start', wait: true });
    expect(await findLivingWorld(database)).toBeNull();
  });

  it('that something was imported into has no demo that lives, even if it came from the demo itself', async () => {
    const csv =
      'song_id,listener_address,played_at,duration,amount_paid\nsong-1,0xab,2026-05-01T00:00:00Z,1,0\n';
    const sink = () => Object.assign(new PassThrough().resume(), { isTTY: false });
    const code = await importCommand.run(
      { plays: '-' },
      {
        env: {},
        stdin: PassThrough.from([csv]) as unknown as NodeJS.ReadableStream,
        stdout: sink(),
        stderr: sink(),
        openDatabase: async () => ({ ...database, close: async () => {} }),
        signal: new AbortController().signal,
        now: () => madeAt,
      },
    );
    expect(code).toBe(0);
    expect(await findLivingWorld(database)).toBeNull();
  });
});

describe('A gateway', () => {
  it('lets the demo live over demo data, lets it be with DEMO_LIVE=off, and invents nothing without a seed', async () => {
    const living = async (environment: Record<string, string>, isSeeded: boolean, isLiving = false) => {
      const database = await openFresh();
      if (isSeeded) await seedDemo(database, small, new Date());
      const gateway = await startGateway(database, environment);
      const countPlays = async () =>
        (await database.query('select count(*)::int as n from plays')).rows[0].n as number;
      const before = await countPlays();
      if (isLiving) await until('a play', async () => (await countPlays()) > before);
      else await sleep(1_500);
      const after = await countPlays();
      await gateway.close();
      return after - before;
    };
    expect(await living({}, true, true)).toBeGreaterThan(0);
    expect(await living({ DEMO_LIVE: 'off' }, true)).toBe(0);
    expect(await living({}, false)).toBe(0);
  });
});
