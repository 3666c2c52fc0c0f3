import { address, count, decimal, instant, listeners, nullable, text } from './column.js';
import { view } from './view.js';

export const artistAnalytics = view('mv_artist_analytics', {
  description: 'Artists and their earnings.',
  row: {
    type: 'Artist',
    plural: 'artists',
    description: 'An artist, with the numbers of mv_artist_analytics.',
  },
  key: ['artistAddress'],
  sortedBy: { totalPlays: 'desc', totalEarnings: 'desc', playsLast7Days: 'desc', artistName: 'asc' },
  columns: {
    artistAddress: address('artist_address', 'The wallet address of the artist; the key.'),
    artistName: nullable(text('artist_name', 'The name that the artist shows.')),
    totalSongs: count('total_songs', 'How many songs the artist has published.'),
    totalPlays: count('total_plays', 'How many plays all songs of the artist have had.'),
    uniqueListeners: listeners(
      'unique_listeners',
      'How many different addresses have played a song of the artist.',
    ),
    totalEarnings: decimal('total_earnings', 'What all plays have paid, in FLOW.'),
    avgEarningPerPlay: decimal(
      'avg_earning_per_play',
      'What one play has paid on average, in FLOW; 0 without plays.',
    ),
    lastPlayDate: nullable(
      instant('last_play_date', 'When a song of the artist was last played; null without plays.'),
    ),
    playsLast30Days: count('plays_last_30_days', 'Plays in the 30 days before the last refresh.'),
    playsLast7Days: count('plays_last_7_days', 'Plays in the 7 days before the last refresh.'),
    lastRefreshed: instant(
      'last_refreshed',
      'The instant of the refresh that last published the artists. They hold at the instant of every later one that did not change them.',
    ),
  },
});
