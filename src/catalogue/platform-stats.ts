import { count, decimal, listeners } from './column.js';
import { view } from './view.js';

export const platformStats = view('mv_platform_stats', {
  description: 'Totals of the platform.',
  row: {
    type: 'PlatformStats',
    plural: 'platform stats',
    description: 'The whole platform: the numbers of mv_platform_stats.',
  },
  key: [],
  columns: {
    totalArtists: count('total_artists', 'How many artists there are.'),
    totalSongs: count('total_songs', 'How many songs there are.'),
    totalPlays: count('total_plays', 'How many plays there have been.'),
    totalListeners: listeners('total_listeners', 'How many different addresses have played a song.'),
    totalVolume: decimal('total_volume', 'What all plays have paid, in FLOW.'),
    avgPayment: decimal('avg_payment', 'What one play has paid on average, in FLOW; 0 without plays.'),
    songsPayPerStream: count('songs_pay_per_stream', 'How many songs are published under pay-per-stream.'),
    songsGiftEconomy: count('songs_gift_economy', 'How many songs are published under the gift economy.'),
    songsPatronage: count('songs_patronage', 'How many songs are published under patronage.'),
    songsAuction: count('songs_auction', 'How many songs are published under auction.'),
    playsLast24h: count('plays_last_24h', 'Plays in the 24 hours before the last refresh.'),
    playsLast7d: count('plays_last_7d', 'Plays in the 7 days before the last refresh.'),
    playsLast30d: count('plays_last_30d', 'Plays in the 30 days before the last refresh.'),
    newSongsLast7d: count('new_songs_last_7d', 'Songs published in the 7 days before the last refresh.'),
    newSongsLast30d: count('new_songs_last_30d', 'Songs published in the 30 days before the last refresh.'),
  },
});
