import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewNames } from '../../src/catalogue/index.js';
import type { ViewName } from '../../src/catalogue/view.js';
import type { Database } from '../../src/database/database.js';
import { createCadence } from '../../src/refresh/cadence.js';
import { asOfView, findGeneration, type Generation } from '../../src/views/freshness.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { startPostgres } from '../support/postgres.js';
import { until, waitFor } from '../support/wait.js';
import { makeServerDatabase } from './engine.js';

const rows = `insert into artists (artist_address, name) values ('0xa1', 'One');
  insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction')`;
const play = `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0x1', '2026-03-01T06:00Z', 1, 1)`;

describe('A refresh that leaves a view for later', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openFresh();
    for (const statement of [...rows.split(';'), play]) await database.query(statement);
    await refresh('2026-03-01T12:00:00Z');
  });
  afterAll(() => database.close());

  const refresh = (at: string, ...postponed: ViewName[]) =>
    database.query(`select analytics.refresh('test', $1, false, $2)`, [at, postponed]);
  const genrePlays = async () =>
    (await database.query<{ plays: number }>('select total_plays as plays from mv_genre_stats')).rows[0]
      ?.plays;
  const songPlays = async () =>
    (await database.query<{ plays: number }>('select play_count as plays from mv_song_analytics')).rows[0]
      ?.plays;
  const asOf = async (view: ViewName) => asOfView((await findGeneration(database.reader))!, view);
  const verdict = async () =>
    (await database.query<{ ok: boolean }>(`select (analytics.verify() ->> 'ok')::boolean as ok`)).rows[0]
      ?.ok;

  // Each case goes on from the instant of the one before.
  it('moves its instant on while nothing in it has changed', async () => {
    await refresh('2026-03-01T12:01:00Z', 'mv_genre_stats');
    expect(await asOf('mv_genre_stats')).toBe('2026-03-01T12:01:00.000Z');
    expect((await findGeneration(database.reader))?.behind).toEqual({});
  });

  it('keeps its rows, and the instant at which they were last true, when something has', async () => {
    await database.query(play);
    await refresh('2026-03-01T12:02:00Z', 'mv_genre_stats');
    expect([await songPlays(), await genrePlays()]).toEqual([2, 1]);
    expect([await asOf('mv_song_analytics'), await asOf('mv_genre_stats')]).toEqual([
      '2026-03-01T12:02:00.000Z',
      '2026-03-01T12:01:00.000Z',
    ]);
    await database.query(play);
    await refresh('2026-03-01T12:03:00Z', 'mv_genre_stats');
    expect(await asOf('mv_genre_stats')).toBe('2026-03-01T12:01:00.000Z');
    expect((await findGeneration(database.reader))?.behind).toEqual({
      mv_genre_stats: { generation: 2, asOf: '2026-03-01T12:01:00.000Z' },
    });
    expect(await verdict()).toBe(true);
  });

  it('publishes it with the next one that does not, though nothing has changed since', async () => {
    await refresh('2026-03-01T12:04:00Z');
    expect([await songPlays(), await genrePlays()]).toEqual([3, 3]);
    expect((await findGeneration(database.reader))?.behind).toEqual({});
    expect(await verdict()).toBe(true);
  });

  it('publishes it all the same when everything is computed anew', async () => {
    await database.query('truncate plays');
    await refresh('2026-03-01T12:05:00Z', ...viewNames);
    expect([await songPlays(), await genrePlays()]).toEqual([0, 0]);
    expect((await findGeneration(database.reader))?.behind).toEqual({});
  });

  it('finds what is wrong with the state behind it', async () => {
    await database.query(play);
    await refresh('2026-03-01T12:06:00Z', 'mv_genre_stats');
    await database.query('update analytics.genre set listeners = listeners + 1');
    expect(await verdict()).toBe(false);
    await database.query('update analytics.genre set listeners = listeners - 1');
    expect(await verdict()).toBe(true);
  });
});

describe('The schedules of single views', () => {
  const at = (asOf: string, behind: Generation['behind'] = {}) => ({ asOf, behind }) as Generation;
  const cadence = createCadence({ mv_genre_stats: '0 * * * *', mv_listener_activity: '30 2 * * *' });

  it('postpone a view until its time has come since its own instant', () => {
    const postponed = (tick: string, generation: Generation) =>
      cadence.listPostponed(generation, new Date(tick));
    expect(new Set(postponed('2026-03-01T12:31:00Z', at('2026-03-01T12:30:00Z')))).toEqual(
      new Set(['mv_listener_activity', 'mv_genre_stats']),
    );
    expect(postponed('2026-03-01T13:00:00Z', at('2026-03-01T12:59:00Z'))).toEqual(['mv_listener_activity']);
    // Its time went by while no gateway ran.
    expect(
      postponed(
        '2026-03-02T02:45:00Z',
        at('2026-03-02T02:44:00Z', { mv_listener_activity: { generation: 1, asOf: '2026-03-01T02:30:00Z' } }),
      ),
    ).toEqual(['mv_genre_stats']);
  });

  it('postpone nothing before the first refresh', () => {
    expect(cadence.listPostponed(null, new Date())).toEqual([]);
  });

  it('must name views', () => {
    expect(() => createCadence({ mv_genres: '0 * * * *' })).toThrow(
      'REFRESH_SCHEDULE_MV_GENRES: expected the name of a view (MV_',
    );
  });
});

describe('A gateway with a view on a schedule of its own', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh();
    for (const statement of [...rows.split(';'), play]) await database.query(statement);
    gateway = await startGateway(database, {
      REFRESH_SCHEDULE: '* * * * * *',
      REFRESH_SCHEDULE_MV_GENRE_STATS: '0 0 29 2 *',
    });
  });
  afterAll(() => gateway?.close());

  interface Freshness {
    readonly generation: number;
    readonly asOf: string;
    readonly nextRefreshAt: string;
  }
  const ask = async (query: string, extensions: object = { freshness: true }) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, extensions }),
    });
    const body = (await response.json()) as {
      data: { genres: { totalPlays: number }[]; song: { playCount: number } };
      extensions?: { freshness: Freshness };
    };
    return { ...body, headers: response.headers, freshness: body.extensions?.freshness as Freshness };
  };
  const genres = () => ask('{ genres { totalPlays } }');
  const song = () => ask('{ song(id: "a") { playCount } }');
  const both = () => ask('{ genres { totalPlays } song(id: "a") { playCount } }');

  it('says of each answer how old the oldest of its views is', async () => {
    await until('a refresh', async () => (await song()).data.song.playCount === 1);
    await gateway.database.query(play);
    await until('the play in the songs', async () => (await song()).data.song.playCount === 2);
    const [old, fresh, mixed] = [await genres(), await song(), await both()];
    expect(old.data.genres).toEqual([{ totalPlays: 1 }]);
    expect(mixed.data).toMatchObject({ genres: [{ totalPlays: 1 }], song: { playCount: 2 } });
    expect(Date.parse(old.freshness.asOf)).toBeLessThan(Date.parse(fresh.freshness.asOf));
    expect(mixed.freshness.asOf).toBe(old.freshness.asOf);
    for (const { headers, freshness } of [old, fresh, mixed])
      expect(headers.get('last-modified')).toBe(new Date(freshness.asOf).toUTCString());
  });

  it('promises that each answer stands until the first of its views is due', async () => {
    const seconds = async (answer: ReturnType<typeof ask>) =>
      Number(/max-age=(\d+)/.exec((await answer).headers.get('cache-control') ?? '')?.[1]);
    expect(await seconds(genres())).toBeGreaterThan(24 * 3600);
    expect((await genres()).freshness.nextRefreshAt).toMatch(/-02-29T00:00:00/);
    expect(await seconds(song())).toBe(1);
    expect(await seconds(both())).toBe(1);
  });

  it('keeps the entity tag of what has not moved', async () => {
    const plain = () => ask('{ genres { totalPlays } }', {});
    const before = await plain();
    const generation = (await song()).freshness.generation;
    await until('another refresh', async () => (await song()).freshness.generation > generation);
    const after = await plain();
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(after.headers.get('last-modified')).toBe(before.headers.get('last-modified'));
    expect(after.headers.get('x-cache')).toBe('hit');
  });

  it('says of each view from when its numbers are and when it is published next', async () => {
    const { viewFreshness } = await gateway.read<
      { viewFreshness: { view: string; lastRefreshed: string; nextRefreshAt: string; stale: boolean }[] },
      object
    >('{ viewFreshness { view lastRefreshed nextRefreshAt stale } }' as never);
    const own = viewFreshness.find(({ view }) => view === 'MV_GENRE_STATS');
    expect(own).toMatchObject({
      lastRefreshed: (await genres()).freshness.asOf,
      nextRefreshAt: expect.stringMatching(/-02-29T00:00:00/),
      stale: false,
    });
    for (const other of viewFreshness.filter((view) => view !== own))
      expect(Date.parse(other.lastRefreshed)).toBeGreaterThan(Date.parse(own!.lastRefreshed));
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    const seconds = (view: string) =>
      Number(
        new RegExp(`db_matview_last_refresh_timestamp_seconds\\{view="${view}"\\} (\\S+)`).exec(metrics)?.[1],
      );
    expect(seconds('mv_genre_stats')).toBeCloseTo(Date.parse(own!.lastRefreshed) / 1000, 2);
    expect(seconds('mv_song_analytics')).toBeGreaterThan(seconds('mv_genre_stats'));
  });

  it('says in a file of the view from when its numbers are', async () => {
    const file = await fetch(`${gateway.url}/export/genres.csv`);
    expect(await file.text()).toContain('Rock');
    expect(file.headers.get('last-modified')).toBe(new Date((await genres()).freshness.asOf).toUTCString());
  });

  it('publishes all views when an operator asks for a refresh', async () => {
    await gateway.ask('mutation { refreshViews { generation } }', {}, 'operator');
    await waitFor(async () => expect((await genres()).data.genres).toEqual([{ totalPlays: 2 }]));
  });
});

describe('A refresh that waits for another one', () => {
  it('takes its result, unless that one left views for later', async () => {
    const server = await startPostgres();
    const database = await makeServerDatabase(server, 'waiting');
    const [first, second] = [await database.open(), await database.open()];
    const outcomeBeside = async (...postponed: ViewName[]) => {
      await first.query(play);
      await first.query('begin');
      await first.query(`select analytics.refresh('test', null, false, $1)`, [postponed]);
      const waiting = second.query<{ outcome: string }>(
        `select analytics.refresh('test', null, true) ->> 'outcome' as outcome`,
      );
      await until('the second to wait', async () => {
        const [row] = await first.query<{ count: number }>(
          `select count(*)::int as count from pg_locks where not granted`,
        );
        return row?.count === 1;
      });
      await first.query('commit');
      return (await waiting)[0]?.outcome;
    };
    await first.query(`set client_min_messages = warning; ${rows}`);
    await first.query(`select analytics.refresh('test')`);
    expect(await outcomeBeside()).toBe('joined');
    expect(await outcomeBeside('mv_genre_stats')).toBe('refreshed');
    await Promise.all([first.end(), second.end()]);
    await database.drop();
    await server.stop();
  });
});
