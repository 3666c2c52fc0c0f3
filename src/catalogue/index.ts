import { artistAnalytics } from './artist-analytics.js';
import { genreStats } from './genre-stats.js';
import { listenerActivity } from './listener-activity.js';
import { platformStats } from './platform-stats.js';
import { songAnalytics } from './song-analytics.js';
import { topSongsWeek } from './top-songs-week.js';
import type { View, ViewName } from './view.js';

export { artistAnalytics, genreStats, listenerActivity, platformStats, songAnalytics, topSongsWeek };

/** All materialized views, in the order in which the schema lists them. */
export const views = [
  artistAnalytics,
  songAnalytics,
  platformStats,
  topSongsWeek,
  listenerActivity,
  genreStats,
] as const satisfies readonly View[];

export const viewNames: readonly ViewName[] = views.map((view) => view.name);
