import DataLoader from 'dataloader';
import { composedKey } from '../composed-key.js';
import { listArtistsByAddress } from './artist-analytics/repository.js';
import type { Artist } from './artist-analytics/type.js';
import { createStatementLoaders, type StatementLoaders } from './artist-statements/loaders.js';
import { type ChartLoaders, createChartLoaders } from './charts/chart-loaders.js';
import { listGenresByName } from './genre-stats/repository.js';
import type { GenreStats } from './genre-stats/type.js';
import { listListenersByAddress } from './listener-activity/repository.js';
import type { Listener } from './listener-activity/type.js';
import { Selection } from './selection.js';
import type { RangeRequest } from './series/arguments.js';
import { createSeriesLoader, type SeriesLoader } from './series/series-loader.js';
import { findSeriesRange, type SeriesRange } from './series/series-range.js';
import { listSongsById } from './song-analytics/repository.js';
import type { Song } from './song-analytics/type.js';
import type { AnalyticsReader } from './withholding/analytics-reader.js';

/** One row by its key, and what is selected of it. */
export interface LookUp {
  readonly key: string;
  readonly selection: Selection;
}

/** Batches the look-ups of one request, so that fifty songs cost one query for their artists. */
export interface Loaders {
  readonly artist: DataLoader<LookUp, Artist | null>;
  readonly song: DataLoader<LookUp, Song | null>;
  readonly listener: DataLoader<LookUp, Listener | null>;
  readonly genre: DataLoader<LookUp, GenreStats | null>;
  readonly statement: StatementLoaders;
  readonly series: SeriesLoader;
  /** Read once for each set of arguments, however many objects have a series with them. */
  readonly seriesRange: DataLoader<RangeRequest, SeriesRange, string>;
  readonly charts: ChartLoaders;
}

/** Creates the loaders of one request. */
export function createLoaders(reader: AnalyticsReader): Loaders {
  return new LazyLoaders(reader);
}

/** Loaders that are made when they are first used: most requests use one or none. */
class LazyLoaders implements Loaders {
  readonly #reader: AnalyticsReader;
  #artist?: Loaders['artist'];
  #song?: Loaders['song'];
  #listener?: Loaders['listener'];
  #genre?: Loaders['genre'];
  #statement?: Loaders['statement'];
  #series?: Loaders['series'];
  #seriesRange?: Loaders['seriesRange'];
  #charts?: Loaders['charts'];

  constructor(reader: AnalyticsReader) {
    this.#reader = reader;
  }

  get artist() {
    this.#artist ??= createBatchLoader(
      (keys, selection) => listArtistsByAddress(this.#reader, keys, selection),
      (artist) => artist.artistAddress,
    );
    return this.#artist;
  }

  get song() {
    this.#song ??= createBatchLoader(
      (keys, selection) => listSongsById(this.#reader, keys, selection),
      (song) => song.songId,
    );
    return this.#song;
  }

  get listener() {
    this.#listener ??= createBatchLoader(
      (keys, selection) => listListenersByAddress(this.#reader, keys, selection),
      (listener) => listener.listenerAddress,
    );
    return this.#listener;
  }

  get genre() {
    this.#genre ??= createBatchLoader(
      (keys, selection) => listGenresByName(this.#reader, keys, selection),
      (genre) => genre.genre,
    );
    return this.#genre;
  }

  get statement() {
    this.#statement ??= createStatementLoaders(this.#reader);
    return this.#statement;
  }

  get series() {
    this.#series ??= createSeriesLoader(this.#reader);
    return this.#series;
  }

  get seriesRange() {
    this.#seriesRange ??= createSeriesRangeLoader(this.#reader);
    return this.#seriesRange;
  }

  get charts() {
    this.#charts ??= createChartLoaders(this.#reader);
    return this.#charts;
  }
}

function createSeriesRangeLoader(reader: AnalyticsReader): Loaders['seriesRange'] {
  return new DataLoader(
    (requests) => Promise.all(requests.map((request) => findSeriesRange(reader, request))),
    { batch: false, cacheKeyFn: (request) => composedKey(...Object.values(request)) },
  );
}

/** Reads what all look-ups of a batch select in one statement. */
function createBatchLoader<Row>(
  list: (keys: readonly string[], selection: Selection) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<LookUp, Row | null> {
  return new DataLoader(
    async (lookUps: readonly LookUp[]) => {
      const keys = [...new Set(lookUps.map((lookUp) => lookUp.key))];
      const selection = Selection.union(lookUps.map((lookUp) => lookUp.selection));
      const rows = new Map((await list(keys, selection)).map((row) => [keyOf(row), row]));
      return lookUps.map((lookUp) => rows.get(lookUp.key) ?? null);
    },
    { cache: false, maxBatchSize: 1000 },
  );
}
