import { address, count, decimal, id, instant, listeners, nullable, strategy, text } from './column.js';
import { view } from './view.js';

export const songAnalytics = view('mv_song_analytics', {
  description: 'Songs and how they perform.',
  row: { type: 'Song', plural: 'songs', description: 'A song, with the numbers of mv_song_analytics.' },
  key: ['songId'],
  sortedBy: { trendingScore: 'desc', playCount: 'desc' },
  foundBy: ['genre', 'artistAddress'],
  columns: {
    songId: id('song_id', 'The identifier of the song; the key.'),
    title: nullable(text('title', 'The title of the song.')),
    artistAddress: nullable(address('artist_address', 'The wallet address of the artist.')),
    genre: nullable(text('genre', 'The genre of the song; null when it has none.')),
    strategy: nullable(strategy('strategy', 'The economic model that the song is published under.')),
    playCount: count('play_count', 'How many plays the song has had.'),
    uniqueListeners: listeners('unique_listeners', 'How many different addresses have played the song.'),
    totalEarnings: decimal('total_earnings', 'What all plays have paid, in FLOW.'),
    avgPlayDuration: decimal(
      'avg_play_duration',
      'How long one play lasted on average, in seconds; 0 without plays.',
    ),
    avgEarningPerPlay: decimal(
      'avg_earning_per_play',
      'What one play has paid on average, in FLOW; 0 without plays.',
    ),
    firstPlayed: nullable(instant('first_played', 'When the song was first played; null without plays.')),
    lastPlayed: nullable(instant('last_played', 'When the song was last played; null without plays.')),
    trendingScore: count(
      'trending_score',
      'Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0.',
    ),
    playsLast7Days: count('plays_last_7_days', 'Plays in the 7 days before the last refresh.'),
    playsLast30Days: count('plays_last_30_days', 'Plays in the 30 days before the last refresh.'),
  },
});
