import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeServerDatabase, type Session } from './engine.js';
import { findDifferences, viewNames } from './oracle.js';

let server: PostgresServer;
let database: EngineDatabase;
let session: Session;

beforeAll(async () => {
  server = await startPostgres();
  database = await makeServerDatabase(server, 'unchanged views');
  session = await database.open();
  await session.query(`set client_min_messages = warning;
    insert into artists (artist_address, name) values ('0xa1', 'One'), ('0xa2', 'Two');
    insert into songs (song_id, title, artist_address, genre, strategy, created_at) values
      ('a', 'A', '0xa1', 'Rock', 'auction', '2026-01-01Z'), ('b', 'B', '0xa2', 'Jazz', 'patronage', '2026-01-31T12:00Z');
    insert into plays (song_id, listener_address, played_at, duration, amount_paid) values
      ('a', '0x1', '2026-03-01T06:00Z', 1, 1), ('b', '0x2', '2026-03-01T06:00Z', 1, 1)`);
  await session.query(`select analytics.refresh('test', '2026-03-01T12:00Z')`);
});
afterAll(async () => {
  await session.end();
  await database.drop();
  await server.stop();
});

/** Refreshes after some changes and says which views were published; all have to be true at the new instant. */
async function publishedBy(asOf: string, ...changes: string[]): Promise<string[]> {
  for (const change of changes) await session.query(change);
  const [row] = await session.query<{ phases: object; changed: Record<string, number> }>(
    `select result -> 'phases' as phases, result -> 'rowsChanged' as changed from analytics.refresh('test', $1) result`,
    [asOf],
  );
  expect(await findDifferences(session, asOf)).toEqual([]);
  const published = viewNames.filter((view) => view in row!.phases);
  expect(Object.keys(row!.changed).sort()).toEqual(viewNames);
  for (const view of viewNames) if (!published.includes(view)) expect(row!.changed[view]).toBe(0);
  return published;
}
const lastRefreshed = async () =>
  (await session.query<{ at: string }>(`select max(last_refreshed)::text as at from mv_artist_analytics`))[0]!
    .at;

// Each case goes on from the instant of the one before.
describe('A refresh publishes the views in which something can have changed', () => {
  it('None when nothing changed, and the artists keep the instant at which they were published', async () => {
    const before = await lastRefreshed();
    expect(await publishedBy('2026-03-01T13:00Z')).toEqual([]);
    expect(await lastRefreshed()).toBe(before);
  });

  it('All after a play, and when plays leave the window of 7 days those that show it', async () => {
    expect(
      await publishedBy(
        '2026-03-01T14:00Z',
        `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0x1', '2026-03-01T07:00Z', 1, 1)`,
      ),
    ).toEqual(viewNames);
    expect(await publishedBy('2026-03-02T06:30Z')).toEqual(['mv_platform_stats', 'mv_song_analytics']);
    expect(await publishedBy('2026-03-02T06:45Z')).toEqual([]);
    expect(await publishedBy('2026-03-02T08:00Z')).toEqual(['mv_platform_stats', 'mv_song_analytics']);
  });

  it('The platform when a song is no longer new', async () => {
    expect(await publishedBy('2026-03-02T12:30Z')).toEqual(['mv_platform_stats']);
  });

  it('Those that show artists when one was renamed, and all of songs when one is new', async () => {
    expect(
      await publishedBy(
        '2026-03-02T13:00Z',
        `update artists set name = 'Three' where artist_address = '0xa1'`,
      ),
    ).toEqual(['mv_artist_analytics', 'mv_platform_stats', 'mv_top_songs_week']);
    expect(
      await publishedBy(
        '2026-03-02T14:00Z',
        `insert into songs (song_id, title, artist_address, genre, strategy) values ('c', 'C', '0xa1', 'Rock', 'auction')`,
      ),
    ).toEqual(viewNames.filter((view) => view !== 'mv_listener_activity'));
    expect(
      await publishedBy('2026-03-02T15:00Z', `update songs set genre = 'Folk' where song_id = 'a'`),
    ).toEqual(viewNames);
  });

  it('A view that lost its rows or was away meanwhile', async () => {
    expect(
      await publishedBy('2026-03-02T16:00Z', `refresh materialized view mv_genre_stats with no data`),
    ).toEqual(['mv_genre_stats']);
    await session.query(`alter materialized view mv_top_songs_week rename to away`);
    await session.query(`set client_min_messages = error`);
    await session.query(`update songs set title = 'Other' where song_id = 'a'`);
    await session.query(`select analytics.refresh('test', '2026-03-02T16:30Z')`);
    expect(
      await publishedBy('2026-03-02T17:00Z', `alter materialized view away rename to mv_top_songs_week`),
    ).toEqual(['mv_top_songs_week']);
  });

  it('Verify agrees, also when nothing was published', async () => {
    expect(await publishedBy('2026-03-02T17:30Z')).toEqual([]);
    const [row] = await session.query<{ verdict: object }>(`select analytics.verify() as verdict`);
    expect(row!.verdict).toMatchObject({ ok: true, differences: [] });
  });
});

describe('Rows that changed', () => {
  it('Are unknown where the server does not count them', async () => {
    const admin = await makeServerDatabase(server, 'uncounted', { superuser: true });
    const own = await admin.open();
    await own.query(
      `set client_min_messages = warning; set track_counts = off; insert into artists (artist_address, name) values ('0xa1', 'One')`,
    );
    await own.query(`select analytics.refresh('test')`);
    await own.query(`update artists set name = 'Two'`);
    const [row] = await own.query<{ changed: Record<string, number | null> }>(
      `select analytics.refresh('test') -> 'rowsChanged' as changed`,
    );
    expect(row!.changed).toMatchObject({ mv_artist_analytics: null, mv_listener_activity: 0 });
    await own.end();
    await admin.drop();
  });
});
