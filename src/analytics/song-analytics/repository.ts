import { songAnalytics } from '../../catalogue/song-analytics.js';
import type { Strategy } from '../../catalogue/strategy.js';
import type { FieldOf } from '../../catalogue/view.js';
import { stateColumn } from '../../views/reading.js';
import { escapeLike } from '../filtering/parse-filter.js';
import { type PageRequest, readPage } from '../paging/page.js';
import type { Page } from '../paging/page-parts.js';
import { anyParameter, countAll, literal, readRow, readRows } from '../read.js';
import type { Columns, Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { Song } from './type.js';

/** Finds one song, with the selected fields. */
export function findSong(reader: AnalyticsReader, id: string, selection: Selection): Promise<Song | null> {
  const columns = songColumns(selection);
  return readRow(reader, {
    name: 'song',
    shape: [columns.key],
    values: [id],
    build: () => selectSongs(reader, columns).where('song_id', '=', id),
  });
}

/** Reads many songs by their identifiers in one statement, in any order. */
export function listSongsById(
  reader: AnalyticsReader,
  ids: readonly string[],
  selection: Selection,
): Promise<Song[]> {
  const columns = songColumns(selection);
  return readRows(reader, {
    name: 'songs.byId',
    shape: [columns.key],
    values: [ids],
    build: () => selectSongs(reader, columns).where('song_id', '=', anyParameter(ids)),
  });
}

/** How many songs of a ranking, and what of them. */
export interface Ranking {
  /** The name that the query runs under. */
  readonly name: string;
  readonly first: number;
  readonly selection: Selection;
}

/** The songs with the highest trending scores; of equals the first by identifier. */
export function listTrendingSongs(
  reader: AnalyticsReader,
  { name, first, selection, genre }: Ranking & { readonly genre: string | null },
): Promise<Song[]> {
  const columns = songColumns(selection);
  return readRows(reader, {
    name,
    shape: [columns.key, first, genre !== null],
    values: genre === null ? [] : [genre],
    build() {
      let songs = selectSongs(reader, columns);
      if (genre !== null) songs = songs.where('genre', '=', genre);
      return songs.orderBy('trending_score', 'desc').orderBy('song_id').limit(literal(first));
    },
  });
}

/** Which songs are ranked; all when nothing is given. */
export interface SongChoice {
  readonly artistAddress?: string;
  readonly strategy?: Strategy | null;
  /** Every word has to be in the title. */
  readonly search?: string;
}

/** The songs with the most plays; of equals the first by identifier. */
export function listPopularSongs(
  reader: AnalyticsReader,
  { name, first, selection }: Ranking,
  { artistAddress, strategy, search }: SongChoice,
): Promise<Song[]> {
  const columns = songColumns(selection);
  const patterns = wordsOf(search).map((word) => `%${escapeLike(word)}%`);
  const values = [artistAddress, strategy].filter((value) => typeof value === 'string');
  return readRows(reader, {
    name,
    shape: [
      columns.key,
      first,
      typeof artistAddress === 'string',
      typeof strategy === 'string',
      patterns.length,
    ],
    values: [...values, ...patterns],
    build() {
      let songs = selectSongs(reader, columns);
      if (typeof artistAddress === 'string') songs = songs.where('artist_address', '=', artistAddress);
      if (typeof strategy === 'string') songs = songs.where('strategy', '=', strategy);
      for (const pattern of patterns) songs = songs.where('title', 'ilike', pattern);
      return songs.orderBy('play_count', 'desc').orderBy('song_id').limit(literal(first));
    },
  });
}

function wordsOf(search = ''): string[] {
  return search.split(/\s+/).filter((word) => word !== '');
}

/** One page of songs, of one artist where an address is given; most played first unless asked otherwise. */
export function listSongs(
  reader: AnalyticsReader,
  request: PageRequest<typeof songAnalytics>,
  artistAddress?: string,
): Promise<Page<Song>> {
  const songs = () => viewRows(reader, songAnalytics);
  return readPage(
    reader,
    {
      name: 'songs',
      view: songAnalytics,
      defaultOrder: [{ field: 'playCount', direction: 'desc' }],
      where: artistAddress === undefined ? undefined : { field: 'artistAddress', value: artistAddress },
      needed: neededBy(request.selection),
      selectRows: (columns) => songs().select(columns).select(stateColumn),
      countRows: () => songs().select([countAll, stateColumn]),
    },
    request,
  );
}

function selectSongs(reader: AnalyticsReader, columns: Columns<typeof songAnalytics>) {
  return viewRows(reader, songAnalytics).select(columns.selections).select(stateColumn);
}

function songColumns(selection: Selection) {
  return selection.columns(songAnalytics, neededBy(selection));
}

/** `Song.artist` is looked up by the address. */
function neededBy(selection: Selection): readonly FieldOf<typeof songAnalytics>[] {
  return selection.has('artist') ? ['artistAddress'] : [];
}
