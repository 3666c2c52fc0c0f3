import { expect, it } from 'vitest';
import { TopSongsThisWeekDocument } from '../../src/client/operations.js';
import { describeEachGateway } from '../support/gateway.js';
import { byKey, canonical, readTruth } from './truth.js';

describeEachGateway('The chart of the week', (gateway) => {
  it('is the one that the three tables give, in every column, place by place (G-VIEW-04)', async () => {
    const { topSongsThisWeek } = await gateway().read(TopSongsThisWeekDocument);
    const truth = (await readTruth(gateway().database, 'mv_top_songs_week'))
      .sort(byKey('songId'))
      .sort((one, other) => Number(one.rank) - Number(other.rank));
    expect(topSongsThisWeek.map(({ song: _song, artist: _artist, ...entry }) => canonical(entry))).toEqual(
      truth,
    );
    const ranks = truth.map((entry) => entry.rank);
    expect(new Set(ranks).size, 'places are shared').toBeLessThan(ranks.length);
  });

  it('leads from each place to its song and its artist', async () => {
    const songs = await readTruth(gateway().database, 'mv_song_analytics');
    const artists = await readTruth(gateway().database, 'mv_artist_analytics');
    const { topSongsThisWeek } = await gateway().read(TopSongsThisWeekDocument);
    for (const { songId, artistAddress, song, artist } of topSongsThisWeek) {
      expect(canonical(song!)).toEqual(songs.find((one) => one.songId === songId));
      expect(canonical(artist!)).toEqual(artists.find((one) => one.artistAddress === artistAddress));
    }
  });

  it('has at most as many places as requested', async () => {
    const all = await gateway().read(TopSongsThisWeekDocument);
    for (const first of [0, 1, 3]) {
      const some = await gateway().read(TopSongsThisWeekDocument, { first });
      expect(some.topSongsThisWeek).toEqual(all.topSongsThisWeek.slice(0, first));
    }
  });
});
