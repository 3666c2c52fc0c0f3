import { registerEnumType } from 'type-graphql';
import type { ViewName } from './catalogue.js';

/** The six views as GraphQL names them. */
export const ViewNameEnum = {
  MV_ARTIST_ANALYTICS: 'mv_artist_analytics',
  MV_SONG_ANALYTICS: 'mv_song_analytics',
  MV_PLATFORM_STATS: 'mv_platform_stats',
  MV_TOP_SONGS_WEEK: 'mv_top_songs_week',
  MV_LISTENER_ACTIVITY: 'mv_listener_activity',
  MV_GENRE_STATS: 'mv_genre_stats',
} as const satisfies Record<string, ViewName>;

registerEnumType(ViewNameEnum, {
  name: 'ViewName',
  description: 'The six materialized views.',
  valuesConfig: {
    MV_ARTIST_ANALYTICS: { description: 'Artists and their earnings.' },
    MV_SONG_ANALYTICS: { description: 'Songs and how they perform.' },
    MV_PLATFORM_STATS: { description: 'Totals of the platform.' },
    MV_TOP_SONGS_WEEK: { description: 'The chart of the last 7 days.' },
    MV_LISTENER_ACTIVITY: { description: 'Listeners and what they prefer.' },
    MV_GENRE_STATS: { description: 'Genres and their popularity.' },
  },
});
