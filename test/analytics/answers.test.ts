import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ArtistDocument,
  GenresDocument,
  PlatformStatsDocument,
  RecentPlaysOfArtistDocument,
  SongDocument,
  SongsDocument,
  TopSongsThisWeekDocument,
} from '../../src/client/operations.js';
import { openFresh } from '../support/databases.js';
import { alice } from '../support/fixture.js';
import { type Answer, type Gateway, startGateway } from '../support/gateway.js';

let gateway: Gateway;
beforeAll(async () => {
  const database = await openFresh('fixture');
  gateway = await startGateway(database, { RESPONSE_CACHE: 'off' });
});
afterAll(() => gateway?.close());

/** No word of the database, no place in the source, no name of a table. */
function expectNothingInside({ text, errors }: Answer<unknown>, code: string) {
  expect(errors.length, text).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error.extensions.code, text).toBe(code);
    expect(Object.keys(error.extensions).sort()).toEqual(['code', 'requestId']);
    expect(error.extensions.requestId).toMatch(/\S/);
  }
  const told = JSON.stringify(errors.map(({ message, extensions }) => ({ message, extensions })));
  expect(told).not.toMatch(
    /\bselect\b|\bfrom "|\$1|mv_|\bplays\b|relation|column|SQLSTATE|stack|\.[jt]s\b|node_modules|postgres|pglite/i,
  );
}

describe('A question that cannot be answered', () => {
  it.each([
    ['{ song(id: "\\u0000") { title } }'],
    ['{ genre(name: "a\\u0000b") { totalPlays } }'],
    ['{ trendingSongs(genre: "\\u0000") { title } }'],
    ['{ searchSongs(query: "\\u0000") { title } }'],
    ['{ songs(filter: { title: { contains: "\\u0000" } }) { totalCount } }'],
    ['{ artist(address: "nobody") { artistName } }'],
    ['{ artist(address: 1) { artistName } }'],
    ['{ artist { artistName } }'],
    ['{ songs(filter: { playCount: { gt: "many" } }) { totalCount } }'],
    ['{ songs(filter: { totalEarnings: { gt: "NaN" } }) { totalCount } }'],
    ['{ songs(filter: { lastPlayed: { after: "0000-01-01T00:00:00Z" } }) { totalCount } }'],
    ['{ songs(filter: { genre: { eq: null } }) { totalCount } }'],
    ['{ songs(orderBy: [{ field: PASSWORD }]) { totalCount } }'],
    ['{ songs(after: "x") { nodes { title } } }'],
    ['{ nothing }'],
    ['{'],
    [''],
  ])('for what stands in it is BAD_USER_INPUT, and says what was expected: %s', async (document) => {
    expectNothingInside(await gateway.ask(document), 'BAD_USER_INPUT');
  });

  it('because the database fails says so, without details of the failure', async () => {
    const { database } = gateway;
    await database.query(`
      alter materialized view mv_song_analytics rename to elsewhere;
      alter materialized view mv_genre_stats rename to gone;
      alter table plays rename column amount_paid to amount_gone`);
    try {
      for (const answer of [
        await gateway.ask(SongsDocument, {}),
        await gateway.ask(SongDocument, { id: 'song-01' }),
        await gateway.ask(GenresDocument),
        await gateway.ask(TopSongsThisWeekDocument, {}),
        await gateway.ask(RecentPlaysOfArtistDocument, { address: alice }, alice),
      ])
        expectNothingInside(answer, 'INTERNAL_SERVER_ERROR');
    } finally {
      await database.query(`
        alter materialized view elsewhere rename to mv_song_analytics;
        alter materialized view gone rename to mv_genre_stats;
        alter table plays rename column amount_gone to amount_paid`);
    }
    expect((await gateway.read(ArtistDocument, { address: alice })).artist?.artistName).toBe('Alice');
  });

  it('because the views are empty is UNAVAILABLE, not a total of nothing', async () => {
    const { database } = gateway;
    await database.query('refresh materialized view mv_platform_stats with no data');
    try {
      expectNothingInside(await gateway.ask(PlatformStatsDocument), 'UNAVAILABLE');
    } finally {
      await database.query('refresh materialized view mv_platform_stats');
    }
  });
});

describe('A song whose artist is not in the views', () => {
  it('has no artist, and everything else', async () => {
    const { song } = await gateway.read(SongDocument, { id: 'song-01' });
    expect(song?.artist).not.toBeNull();
    await gateway.database.query(`
      update analytics.artist set present = false where artist_address = '${song!.artistAddress}';
      refresh materialized view mv_artist_analytics`);
    const without = await gateway.read(SongDocument, { id: 'song-01' });
    expect(without.song).toEqual({ ...song, artist: null });
  });
});
