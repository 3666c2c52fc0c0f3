import { songAnalytics } from '../../catalogue/song-analytics.js';
import type { Strategy } from '../../catalogue/strategy.js';
import type { FieldOf } from '../../catalogue/view.js';
import type { Database } from '../../database/database.js';
import { stateColumn } from '../../views/reading.js';
import { escapeLike } from '../filtering/parse-filter.js';
import { type Page, type PageRequest, readPage } from '../paging/page.js';
import { anyParameter, countAll, literal, readRow, readRows } from '../read.js';
import { type SelectionOf, selectedColumns } from '../selection.js';
import type { Song } from './type.js';

/** Finds one song, with the selected fields. */
export function findSong(database: Database, id: string, fields: ReadonlySet<string>): Promise<Song | null> {
  const columns = songColumns(fields);
  return readRow(database, {
    name: 'song',
    shape: [columns],
    values: [id],
    build: () => selectSongs(database, columns).where('song_id', '=', id),
  });
}

/** Reads many songs by their identifiers in one statement, in any order. */
export function listSongsById(
  database: Database,
  ids: readonly string[],
  fields: ReadonlySet<string>,
): Promise<Song[]> {
  const columns = songColumns(fields);
  return readRows(database, {
    name: 'songs.byId',
    shape: [columns],
    values: [ids],
    build: () => selectSongs(database, columns).where('song_id', '=', anyParameter(ids)),
  });
}

/** How many songs of a ranking to read, and which fields. */
export interface Ranking {
  /** The name that the query runs under. */
  readonly name: string;
  readonly first: number;
  readonly fields: ReadonlySet<string>;
}

/** The songs with the highest trending scores; of equals the first by identifier. */
export function listTrendingSongs(
  database: Database,
  { name, first, fields, genre }: Ranking & { readonly genre: string | null },
): Promise<Song[]> {
  const columns = songColumns(fields);
  return readRows(database, {
    name,
    shape: [columns, first, genre !== null],
    values: genre === null ? [] : [genre],
    build() {
      let songs = selectSongs(database, columns);
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
  database: Database,
  { name, first, fields }: Ranking,
  { artistAddress, strategy, search }: SongChoice,
): Promise<Song[]> {
  const columns = songColumns(fields);
  const patterns = wordsOf(search).map((word) => `%${escapeLike(word)}%`);
  const values = [artistAddress, strategy].filter((value) => typeof value === 'string');
  return readRows(database, {
    name,
    shape: [columns, first, typeof artistAddress === 'string', typeof strategy === 'string', patterns.length],
    values: [...values, ...patterns],
    build() {
      let songs = selectSongs(database, columns);
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

/** One page of songs, of one artist where an address is given; most played first unless ordered otherwise. */
export function listSongs(
  database: Database,
  request: PageRequest<typeof songAnalytics>,
  artistAddress?: string,
): Promise<Page<Song>> {
  const songs = () => database.kysely.selectFrom('mv_song_analytics');
  return readPage(
    database,
    {
      name: 'songs',
      view: songAnalytics,
      defaultOrder: [{ field: 'playCount', direction: 'desc' }],
      where: artistAddress === undefined ? undefined : { field: 'artistAddress', value: artistAddress },
      needed: neededBy(request.fields),
      selectRows: (columns) => songs().select(columns).select(stateColumn),
      countRows: () => songs().select([countAll, stateColumn]),
    },
    request,
  );
}

function selectSongs(database: Database, columns: readonly SelectionOf<typeof songAnalytics>[]) {
  return database.kysely.selectFrom('mv_song_analytics').select(columns).select(stateColumn);
}

function songColumns(fields: ReadonlySet<string>) {
  return selectedColumns(songAnalytics, fields, neededBy(fields));
}

/** `Song.artist` is looked up by the address. */
function neededBy(fields: ReadonlySet<string>): readonly FieldOf<typeof songAnalytics>[] {
  return fields.has('artist') ? ['artistAddress'] : [];
}
