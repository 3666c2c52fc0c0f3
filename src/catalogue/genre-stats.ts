import { count, decimal, listeners, text } from './column.js';
import { view } from './view.js';

export const genreStats = view('mv_genre_stats', {
  description: 'Genres and their popularity.',
  row: { type: 'GenreStats', plural: 'genres', description: 'A genre, with the numbers of mv_genre_stats.' },
  key: ['genre'],
  columns: {
    genre: text('genre', 'The name of the genre; the key.'),
    totalSongs: count('total_songs', 'How many songs the genre has.'),
    totalArtists: count('total_artists', 'How many artists have a song of the genre.'),
    totalPlays: count('total_plays', 'How many plays all songs of the genre have had.'),
    totalEarnings: decimal('total_earnings', 'What all plays have paid, in FLOW.'),
    avgEarningPerPlay: decimal(
      'avg_earning_per_play',
      'What one play has paid on average, in FLOW; 0 without plays.',
    ),
    uniqueListeners: listeners(
      'unique_listeners',
      'How many different addresses have played a song of the genre.',
    ),
    playsLast7d: count('plays_last_7d', 'Plays in the 7 days before the last refresh.'),
    popularityRank: count(
      'popularity_rank',
      'The place by plays, from 1; genres with equally many plays share one.',
    ),
  },
});
