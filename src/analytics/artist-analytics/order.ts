import { artistAnalytics } from '../../views/catalogue.js';
import { orderInputOf } from '../paging/order-input.js';

/** One step of an ordering of artists. */
export const ArtistOrder = orderInputOf('ArtistOrder', artistAnalytics, {
  artistAddress: 'The wallet address of the artist; the key.',
  artistName: 'The name that the artist shows.',
  totalSongs: 'How many songs the artist has published.',
  totalPlays: 'How many plays all songs of the artist have had.',
  uniqueListeners: 'How many different addresses have played a song of the artist.',
  totalEarnings: 'What all plays have paid, in FLOW.',
  avgEarningPerPlay: 'What one play has paid on average, in FLOW; 0 without plays.',
  lastPlayDate: 'When a song of the artist was last played; null without plays.',
  playsLast30Days: 'Plays in the 30 days before the last refresh.',
  playsLast7Days: 'Plays in the 7 days before the last refresh.',
  lastRefreshed: 'The instant that all numbers of all views hold for.',
});
