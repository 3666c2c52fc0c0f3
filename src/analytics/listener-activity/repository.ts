import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import { listenerActivity } from '../../views/catalogue.js';
import { type OrderInput, orderSteps } from '../paging/order-input.js';
import { type Page, readPage } from '../paging/page.js';
import type { PageArguments } from '../paging/page-arguments.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { FavoriteArtist } from './favorite-artist.js';
import type { ListenerFilter } from './filter.js';
import type { Listener } from './type.js';

export type ListenerField = keyof typeof listenerActivity.columns;

/** Finds one listener, with the fields that were asked for. */
export function findListener(
  database: Database,
  address: string,
  fields: ReadonlySet<string>,
): Promise<Listener | null> {
  const query = select<Listener>(database, {
    view: listenerActivity,
    fields: selectedColumns(listenerActivity, fields),
    where: { field: 'listenerAddress', value: address },
  });
  return runForOne(database, 'listener', { compile: () => query });
}

/** What a list of listeners is asked for. */
export interface ListenerListing {
  readonly filter?: ListenerFilter | null;
  readonly orderBy?: readonly OrderInput<ListenerField>[] | null;
  readonly page: PageArguments;
  readonly fields: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

/** One page of listeners; those with the most plays first unless asked otherwise. */
export function listListeners(database: Database, listing: ListenerListing): Promise<Page<Listener>> {
  return readPage<Listener, ListenerField>(database, {
    queryName: 'listeners',
    view: listenerActivity,
    filter: listing.filter,
    orderBy: orderSteps(listing.orderBy, [{ field: 'totalPlays', direction: 'desc' }]),
    page: listing.page,
    fields: listing.fields,
    parts: listing.parts,
  });
}

/** The artists that a listener has played most, counted at this moment; of equals the first by address. */
export function listFavoriteArtists(
  database: Database,
  address: string,
  first: number,
): Promise<FavoriteArtist[]> {
  const query = sql<FavoriteArtist>`
    select songs.artist_address::text as "artistAddress", count(*) as "plays", sum(plays.amount_paid) as "totalSpent"
    from plays join songs using (song_id)
    where plays.listener_address = ${address}
    group by songs.artist_address
    order by count(*) desc, songs.artist_address::text collate "C" limit ${first}`;
  return run(database, 'listener.favoriteArtists', { compile: () => query.compile(database.kysely) });
}
