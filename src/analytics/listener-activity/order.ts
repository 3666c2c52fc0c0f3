import { listenerActivity } from '../../views/catalogue.js';
import { orderInputOf } from '../paging/order-input.js';

/** One step of an ordering of listeners. */
export const ListenerOrder = orderInputOf('ListenerOrder', listenerActivity, {
  listenerAddress: 'The wallet address of the listener; the key.',
  totalPlays: 'How many plays the listener has made.',
  uniqueSongsPlayed: 'How many different songs the listener has played.',
  uniqueArtists: 'How many different artists the listener has played.',
  totalSpent: 'What the listener has paid in all, in FLOW.',
  avgSpentPerPlay: 'What the listener has paid for one play on average, in FLOW.',
  firstActive: 'When the listener first played a song.',
  lastActive: 'When the listener last played a song.',
  favoriteGenre:
    'The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one.',
  favoriteStrategy: 'The economic model that the listener played most; of equals the first in the alphabet.',
  playsLast7d: 'Plays in the 7 days before the last refresh.',
  playsLast30d: 'Plays in the 30 days before the last refresh.',
});
