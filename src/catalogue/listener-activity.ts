import { address, count, decimal, instant, nullable, strategy, text } from './column.js';
import { view } from './view.js';

export const listenerActivity = view('mv_listener_activity', {
  description: 'Listeners and what they prefer.',
  row: {
    type: 'Listener',
    plural: 'listeners',
    description:
      'A listener, with the numbers of mv_listener_activity. For the listener itself and for operators.',
  },
  key: ['listenerAddress'],
  sortedBy: { totalPlays: 'desc', totalSpent: 'desc', lastActive: 'desc' },
  columns: {
    listenerAddress: address('listener_address', 'The wallet address of the listener; the key.'),
    totalPlays: count('total_plays', 'How many plays the listener has made.'),
    uniqueSongsPlayed: count('unique_songs_played', 'How many different songs the listener has played.'),
    uniqueArtists: count('unique_artists', 'How many different artists the listener has played.'),
    totalSpent: decimal('total_spent', 'What the listener has paid in all, in FLOW.'),
    avgSpentPerPlay: decimal(
      'avg_spent_per_play',
      'What the listener has paid for one play on average, in FLOW.',
    ),
    firstActive: nullable(instant('first_active', 'When the listener first played a song.')),
    lastActive: nullable(instant('last_active', 'When the listener last played a song.')),
    favoriteGenre: nullable(
      text(
        'favorite_genre',
        'The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one.',
      ),
    ),
    favoriteStrategy: nullable(
      strategy(
        'favorite_strategy',
        'The economic model that the listener played most; of equals the first in the alphabet.',
      ),
    ),
    playsLast7d: count('plays_last_7d', 'Plays in the 7 days before the last refresh.'),
    playsLast30d: count('plays_last_30d', 'Plays in the 30 days before the last refresh.'),
  },
});
