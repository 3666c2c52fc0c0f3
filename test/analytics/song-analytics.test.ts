import { describe, expect, it } from 'vitest';
import {
  PopularSongsDocument,
  SearchSongsDocument,
  SongDocument,
  SongsDocument,
  type SongsQuery,
  TrendingSongsDocument,
} from '../../src/client/operations.js';
import { describeEachGateway } from '../support/gateway.js';
import { byKey, canonical, type Row, readTruth } from './truth.js';
import { type List, pageSizes, walkEveryOrdering } from './walk.js';

const songs: List<SongsQuery> = {
  document: SongsDocument,
  view: 'mv_song_analytics',
  key: 'songId',
  orderFields: 'SongOrderField',
  connectionOf: (data) => data.songs,
};

describeEachGateway('Songs', (gateway, name) => {
  const truth = async () => (await readTruth(gateway().database, 'mv_song_analytics')).sort(byKey('songId'));
  /** The first songs by a field, of equals the first by identifier; the identifiers are plain ASCII. */
  const top = async (field: string, fits: (song: Row) => boolean = () => true) =>
    (await truth())
      .filter(fits)
      .sort((one, other) => Number(other[field]) - Number(one[field]))
      .map((song) => song.songId);

  describe('are answered as the three tables give them:', () => {
    it('all of them, in every column (G-VIEW-02)', async () => {
      const data = await gateway().read(SongsDocument, {
        first: 100,
        orderBy: [{ field: 'SONG_ID', direction: 'ASC' }],
      });
      const songs = data.songs.nodes.map(({ artist: _, ...numbers }) => canonical(numbers));
      expect(songs).toEqual(await truth());
      const artists = await readTruth(gateway().database, 'mv_artist_analytics');
      for (const { artist, artistAddress } of data.songs.nodes)
        expect(artist?.artistName ?? null).toBe(
          artists.find((each) => each.artistAddress === artistAddress)?.artistName ?? null,
        );
      expect(data.songs.totalCount).toBe(24);
    });

    it('each alone with its artist, in every column', async () => {
      const artists = await readTruth(gateway().database, 'mv_artist_analytics');
      for (const expected of await truth()) {
        const { song } = await gateway().read(SongDocument, { id: String(expected.songId) });
        const { artist, ...numbers } = song!;
        expect(canonical(numbers)).toEqual(expected);
        expect(canonical(artist!)).toEqual(
          artists.find(({ artistAddress }) => artistAddress === numbers.artistAddress),
        );
      }
    });

    it('the trending ones by score, in all genres or in one (G-QUERY-01)', async () => {
      const all = await gateway().read(TrendingSongsDocument, {});
      expect(all.trendingSongs.map((song) => song.songId)).toEqual((await top('trendingScore')).slice(0, 20));
      const rock = await gateway().read(TrendingSongsDocument, { genre: 'Rock', first: 3 });
      expect(rock.trendingSongs.map((song) => song.songId)).toEqual(
        (await top('trendingScore', (song) => song.genre === 'Rock')).slice(0, 3),
      );
      expect((await gateway().read(TrendingSongsDocument, { genre: 'ROCK' })).trendingSongs).toEqual([]);
    });

    it('the popular ones by plays, under all economic models or under one', async () => {
      const all = await gateway().read(PopularSongsDocument, { first: 100 });
      expect(all.popularSongs.map((song) => song.songId)).toEqual(await top('playCount'));
      const auctions = await gateway().read(PopularSongsDocument, { strategy: 'AUCTION' });
      expect(auctions.popularSongs.map((song) => song.songId)).toEqual(
        await top('playCount', (song) => song.strategy === 'AUCTION'),
      );
    });

    it('the default number when it is null, written out or in a variable', async () => {
      for (const list of ['trendingSongs', 'popularSongs', 'topSongsThisWeek', 'searchSongs(query: "e")']) {
        const [name, query] = list.split('(query: "e")');
        const first = (size: string) =>
          `${name}(${query === '' ? 'query: "e", ' : ''}first: ${size}) { __typename }`;
        const { data, errors } = await gateway().ask(
          `query ($none: Int) { usual: ${list} { __typename } written: ${first('null')} given: ${first('$none')} }`,
          { none: null },
        );
        expect(errors).toEqual([]);
        const { usual, written, given } = data as Record<string, unknown[]>;
        expect(usual!.length).toBeGreaterThan(0);
        expect(written).toEqual(usual);
        expect(given).toEqual(usual);
      }
    });

    it.each([
      ['moss', (title: string) => /moss/i.test(title)],
      ['MOSS 1', (title: string) => /moss/i.test(title) && title.includes('1')],
      ['  the   moss ', (title: string) => /the/i.test(title) && /moss/i.test(title)],
      ['%', (title: string) => title.includes('%')],
      ['_', (title: string) => title.includes('_')],
      ['\\', (title: string) => title.includes('\\')],
      ['"now"', (title: string) => title.includes('"now"')],
      ["'; drop table songs; --", () => false],
    ])('those with every word of %j in the title', async (query, fits) => {
      const found = await gateway().read(SearchSongsDocument, { query, first: 100 });
      expect(found.searchSongs.map((song) => song.songId)).toEqual(
        await top('playCount', (song) => fits(String(song.title))),
      );
    });
  });

  it('that do not exist are null', async () => {
    expect(await gateway().read(SongDocument, { id: 'no-such-song' })).toEqual({ song: null });
    expect(await gateway().read(SongDocument, { id: '' })).toEqual({ song: null });
    expect(await gateway().read(SongDocument, { id: 'x'.repeat(20_000) })).toEqual({ song: null });
  });

  it('keep the microseconds of their times and every digit of their sums', async () => {
    const { rows } = await gateway().database.query<{ song: string; last: string; sum: string }>(
      `select song_id as song, to_char(max(played_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as last, sum(amount_paid)::text as sum
       from plays group by song_id`,
    );
    expect(rows.filter((row) => !row.last.endsWith('000Z')).length).toBeGreaterThan(0);
    for (const { song: id, last, sum } of rows) {
      const { song } = await gateway().read(SongDocument, { id });
      expect(song?.lastPlayed).toBe(last);
      expect(song?.totalEarnings).toBe(sum);
    }
  });

  it.each(pageSizes[name])(
    'come exactly once and in order, by every field and direction, forwards and backwards, in pages of %i',
    (size) => walkEveryOrdering(gateway(), songs, size),
  );
});
