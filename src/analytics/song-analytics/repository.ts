import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import { songAnalytics } from '../../views/catalogue.js';
import { likePattern } from '../filtering/predicate.js';
import { type OrderInput, orderSteps } from '../paging/order-input.js';
import { orderByClause, totalOrdering } from '../paging/ordering.js';
import { type Page, readPage } from '../paging/page.js';
import type { PageArguments } from '../paging/page-arguments.js';
import { type Match, select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { SongFilter } from './filter.js';
import type { Song } from './type.js';

export type SongField = keyof typeof songAnalytics.columns;

/** Finds one song, with the fields that were asked for. */
export function findSong(database: Database, id: string, fields: ReadonlySet<string>): Promise<Song | null> {
  const query = select<Song>(database, {
    view: songAnalytics,
    fields: songFields(fields),
    where: { field: 'songId', value: id },
  });
  return runForOne(database, 'song', { compile: () => query });
}

/** Reads many songs by their identifiers in one statement, in any order. */
export function listSongsById(
  database: Database,
  ids: readonly string[],
  fields: ReadonlySet<string>,
): Promise<Song[]> {
  const query = select<Song>(database, {
    view: songAnalytics,
    fields: songFields(fields),
    where: { field: 'songId', value: ids },
  });
  return run(database, 'songs.byId', { compile: () => query });
}

/** The first songs of a ranking. */
export interface SongRanking {
  /** The name that the query runs under. */
  readonly name: string;
  readonly by: SongField;
  readonly first: number;
  readonly where?: RawBuilder<SqlBool> | Match<SongField> | undefined;
  readonly fields: ReadonlySet<string>;
}

/** Reads the first songs by one field, largest first; of equals the first by identifier. */
export function listTopSongs(database: Database, ranking: SongRanking): Promise<Song[]> {
  const query = select<Song>(database, {
    view: songAnalytics,
    fields: songFields(ranking.fields),
    where: ranking.where,
    orderBy: orderByClause(totalOrdering(songAnalytics, [{ field: ranking.by, direction: 'desc' }])),
    limit: ranking.first,
  });
  return run(database, ranking.name, { compile: () => query });
}

/** Every word of the text has to stand in the title. */
export function titleHolds(text: string): RawBuilder<SqlBool> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return sql`${sql.join(
    words.map((word) => sql`title ilike ${`%${likePattern(word)}%`}`),
    sql` and `,
  )}`;
}

/** What a list of songs is asked for. */
export interface SongListing {
  readonly filter?: SongFilter | null;
  readonly orderBy?: readonly OrderInput<SongField>[] | null;
  readonly page: PageArguments;
  readonly fields: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  /** Only songs of this artist. */
  readonly artistAddress?: string;
}

/** One page of songs; most played first unless asked otherwise. */
export function listSongs(database: Database, listing: SongListing): Promise<Page<Song>> {
  const { filter, artistAddress } = listing;
  const ofArtist = artistAddress === undefined ? [] : [{ artistAddress: { eq: artistAddress } }];
  return readPage<Song, SongField>(database, {
    queryName: 'songs',
    view: songAnalytics,
    filter: { and: [{ ...filter }, ...ofArtist] },
    orderBy: orderSteps(listing.orderBy, [{ field: 'playCount', direction: 'desc' }]),
    page: listing.page,
    fields: listing.fields,
    needed: neededBy(listing.fields),
    parts: listing.parts,
  });
}

/** `Song.artist` is looked up by the address, so whoever asks for the one needs the other. */
function neededBy(fields: ReadonlySet<string>): readonly SongField[] {
  return fields.has('artist') ? ['artistAddress'] : [];
}

function songFields(fields: ReadonlySet<string>): readonly SongField[] {
  return selectedColumns(songAnalytics, fields, neededBy(fields));
}
