import { expect, it } from 'vitest';
import { GenreDocument, GenresDocument } from '../../src/client/operations.js';
import { describeEachGateway } from '../support/gateway.js';
import { byKey, canonical, readTruth } from './truth.js';

describeEachGateway('Genres', (gateway) => {
  const truth = async () =>
    (await readTruth(gateway().database, 'mv_genre_stats'))
      .sort(byKey('genre'))
      .sort((one, other) => Number(one.popularityRank) - Number(other.popularityRank));

  it('are those that the three tables give, in every column, the most popular first (G-VIEW-06)', async () => {
    const { genres } = await gateway().read(GenresDocument);
    expect(genres.map(canonical)).toEqual(await truth());
    expect(genres.map((genre) => genre.genre)).toEqual(expect.arrayContaining(['Rock', 'rock']));
  });

  it('are each found by name with the songs that trend in them', async () => {
    const songs = (await readTruth(gateway().database, 'mv_song_analytics'))
      .sort(byKey('songId'))
      .sort((one, other) => Number(other.trendingScore) - Number(one.trendingScore));
    for (const expected of await truth()) {
      const { genre } = await gateway().read(GenreDocument, { name: String(expected.genre), first: 2 });
      const { topSongs, ...numbers } = genre!;
      expect(canonical(numbers)).toEqual(expected);
      expect(topSongs.map(({ artist: _, ...song }) => canonical(song))).toEqual(
        songs.filter((song) => song.genre === expected.genre).slice(0, 2),
      );
    }
  });

  it('are null when no song has them', async () => {
    for (const name of ['Polka', '', 'ROCK'])
      expect(await gateway().read(GenreDocument, { name })).toEqual({ genre: null });
  });
});
