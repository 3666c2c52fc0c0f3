import { songAnalytics } from '../../views/catalogue.js';
import { orderInputOf } from '../paging/order-input.js';

/** One step of an ordering of songs. */
export const SongOrder = orderInputOf('SongOrder', songAnalytics, {
  songId: 'The identifier of the song; the key.',
  title: 'The title of the song.',
  artistAddress: 'The wallet address of the artist.',
  genre: 'The genre of the song; null when it has none.',
  strategy: 'The economic model that the song is published under.',
  playCount: 'How many plays the song has had.',
  uniqueListeners: 'How many different addresses have played the song.',
  totalEarnings: 'What all plays have paid, in FLOW.',
  avgPlayDuration: 'How long one play lasted on average, in seconds; 0 without plays.',
  avgEarningPerPlay: 'What one play has paid on average, in FLOW; 0 without plays.',
  firstPlayed: 'When the song was first played; null without plays.',
  lastPlayed: 'When the song was last played; null without plays.',
  trendingScore:
    'Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0.',
  playsLast7Days: 'Plays in the 7 days before the last refresh.',
  playsLast30Days: 'Plays in the 30 days before the last refresh.',
});
