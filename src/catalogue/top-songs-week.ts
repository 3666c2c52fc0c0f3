import { address, count, id, nullable, text } from './column.js';
import { view } from './view.js';

export const topSongsWeek = view('mv_top_songs_week', {
  description: 'The chart of the last 7 days.',
  row: {
    type: 'ChartEntry',
    plural: 'places',
    description: 'A song in the chart of the week, from mv_top_songs_week.',
  },
  key: ['songId'],
  columns: {
    songId: id('song_id', 'The identifier of the song; the key.'),
    title: nullable(text('title', 'The title of the song.')),
    artistAddress: nullable(address('artist_address', 'The wallet address of the artist.')),
    artistName: nullable(text('artist_name', 'The name that the artist shows.')),
    genre: nullable(text('genre', 'The genre of the song; null when it has none.')),
    plays: count('plays', 'Plays in the 7 days before the last refresh.'),
    rank: count('rank', 'The place by plays, from 1; songs with equally many plays share one.'),
  },
});
