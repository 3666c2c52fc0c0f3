import { expect, it } from 'vitest';
import {
  ArtistDocument,
  ArtistsDocument,
  type ArtistsQuery,
  RecentPlaysOfArtistDocument,
  SongsOfArtistDocument,
  type SongsOfArtistQuery,
  TopSongsOfArtistDocument,
} from '../../src/client/operations.js';
import { alice } from '../support/fixture.js';
import { describeEachGateway } from '../support/gateway.js';
import { byKey, canonical, readTruth } from './truth.js';
import { type List, pageSizes, walkEveryOrdering } from './walk.js';

const artists: List<ArtistsQuery> = {
  document: ArtistsDocument,
  view: 'mv_artist_analytics',
  key: 'artistAddress',
  orderFields: 'ArtistOrderField',
  connectionOf: (data) => data.artists,
};

describeEachGateway('Artists', (gateway, name) => {
  const truth = async () =>
    (await readTruth(gateway().database, 'mv_artist_analytics')).sort(byKey('artistAddress'));
  const songsOf = async (address: string) =>
    (await readTruth(gateway().database, 'mv_song_analytics'))
      .filter((song) => song.artistAddress === address)
      .sort(byKey('songId'))
      .sort((one, other) => Number(other.playCount) - Number(one.playCount));

  it('are answered as the three tables give them, in every column (G-VIEW-01)', async () => {
    const { artists: page } = await gateway().read(ArtistsDocument, { first: 100 });
    expect(page.nodes.map(canonical).sort(byKey('artistAddress'))).toEqual(await truth());
    expect(page.totalCount).toBe(10);
    for (const expected of await truth()) {
      const { artist } = await gateway().read(ArtistDocument, { address: String(expected.artistAddress) });
      expect(canonical(artist!)).toEqual(expected);
    }
  });

  it('without songs or plays have zeros, and no time of a last play', async () => {
    const { artist } = await gateway().read(ArtistDocument, { address: '0xa8' });
    expect(artist).toMatchObject({ totalSongs: 0, totalPlays: 0, uniqueListeners: 0, lastPlayDate: null });
    expect([Number(artist?.totalEarnings), Number(artist?.avgEarningPerPlay)]).toEqual([0, 0]);
  });

  it('are told apart by upper and lower case, and are null when there is none', async () => {
    const nameOf = async (address: string) =>
      (await gateway().read(ArtistDocument, { address })).artist?.artistName;
    expect(await nameOf('0xA2')).toBe('Émile');
    expect(await nameOf('0xa2')).toBe('emile');
    expect(await nameOf('0xA4')).toBeUndefined();
  });

  it('lead to their own songs and to no others', async () => {
    for (const { artistAddress } of await truth()) {
      const address = String(artistAddress);
      const expected = await songsOf(address);
      const all = await gateway().read(SongsOfArtistDocument, { address, first: 100 });
      expect(all.artist?.songs.nodes.map(canonical)).toEqual(expected);
      expect(all.artist?.songs.totalCount).toBe(expected.length);
      const top = await gateway().read(TopSongsOfArtistDocument, { address, first: 2 });
      expect(top.artist?.topSongs.map(canonical)).toEqual(expected.slice(0, 2));
    }
  });

  it('list only their own songs, even with a filter for the songs of another artist', async () => {
    const filter = { or: [{ artistAddress: { eq: '0xA2' } }, { artistAddress: { ne: alice } }] };
    const { artist } = await gateway().read(SongsOfArtistDocument, { address: alice, filter });
    expect(artist?.songs).toMatchObject({ nodes: [], totalCount: 0 });
  });

  it('see the latest plays of their songs, of equals the last written first', async () => {
    const { rows } = await gateway().database.query(
      `select id::text as id, song_id as "songId" from plays join songs using (song_id)
       where artist_address = $1 order by played_at desc, plays.id desc limit 5`,
      [alice],
    );
    const { artist } = await gateway().read(RecentPlaysOfArtistDocument, { address: alice, first: 5 }, alice);
    expect(artist?.recentPlays?.map(({ id, songId }) => ({ id, songId }))).toEqual(rows);
    expect(JSON.stringify(artist)).not.toContain('listener');
  });

  it.each(pageSizes[name])(
    'come exactly once and in order, by every field and direction, forwards and backwards, in pages of %i',
    (size) => walkEveryOrdering(gateway(), artists, size),
  );

  it('have their songs paged in every ordering, too', async () => {
    const ofAlice: List<SongsOfArtistQuery> = {
      document: SongsOfArtistDocument,
      variables: { address: alice },
      view: `(select * from mv_song_analytics where artist_address = '${alice}') songs`,
      key: 'songId',
      orderFields: 'SongOrderField',
      connectionOf: (data) => data.artist!.songs,
    };
    await walkEveryOrdering(gateway(), ofAlice, 2);
  });
});
