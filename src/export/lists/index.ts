import {
  artistAnalytics,
  genreStats,
  listenerActivity,
  songAnalytics,
  topSongsWeek,
} from '../../catalogue/index.js';
import type { ExportList } from '../export-list.js';
import { chart } from './chart.js';
import { series } from './series.js';
import { statements } from './statements.js';
import { viewList } from './view-list.js';

/** All lists that can be had as files, by their names. */
export const exportLists: ReadonlyMap<string, ExportList> = new Map(
  [
    viewList({
      name: 'artists',
      root: 'artists',
      view: artistAnalytics,
      defaultOrder: [{ field: 'totalPlays', direction: 'desc' }],
      isFiltered: true,
    }),
    viewList({
      name: 'songs',
      root: 'songs',
      view: songAnalytics,
      defaultOrder: [{ field: 'playCount', direction: 'desc' }],
      isFiltered: true,
    }),
    viewList({
      name: 'genres',
      root: 'genres',
      view: genreStats,
      defaultOrder: [{ field: 'popularityRank', direction: 'asc' }],
      isFiltered: false,
    }),
    viewList({
      name: 'top-songs-week',
      root: 'topSongsThisWeek',
      view: topSongsWeek,
      defaultOrder: [{ field: 'rank', direction: 'asc' }],
      isFiltered: false,
      maxRows: 100,
    }),
    viewList({
      name: 'listeners',
      root: 'listeners',
      view: listenerActivity,
      defaultOrder: [{ field: 'totalPlays', direction: 'desc' }],
      isFiltered: true,
    }),
    series,
    chart,
    statements,
  ].map((list) => [list.name, list]),
);
