import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import { artistAnalytics } from '../../views/catalogue.js';
import { type OrderInput, orderSteps } from '../paging/order-input.js';
import { type Page, readPage } from '../paging/page.js';
import type { PageArguments } from '../paging/page-arguments.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { ArtistFilter } from './filter.js';
import type { Artist } from './type.js';

export type ArtistField = keyof typeof artistAnalytics.columns;

/** Finds one artist, with the fields that were asked for. */
export function findArtist(
  database: Database,
  address: string,
  fields: ReadonlySet<string>,
): Promise<Artist | null> {
  const query = select<Artist>(database, {
    view: artistAnalytics,
    fields: selectedColumns(artistAnalytics, fields),
    where: { field: 'artistAddress', value: address },
  });
  return runForOne(database, 'artist', { compile: () => query });
}

/** Reads many artists by their addresses in one statement, in any order. */
export function listArtistsByAddress(
  database: Database,
  addresses: readonly string[],
  fields: ReadonlySet<string>,
): Promise<Artist[]> {
  const query = select<Artist>(database, {
    view: artistAnalytics,
    fields: selectedColumns(artistAnalytics, fields),
    where: { field: 'artistAddress', value: addresses },
  });
  return run(database, 'artists.byAddress', { compile: () => query });
}

/** What a list of artists is asked for. */
export interface ArtistListing {
  readonly filter?: ArtistFilter | null;
  readonly orderBy?: readonly OrderInput<ArtistField>[] | null;
  readonly page: PageArguments;
  readonly fields: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

/** One page of artists; most played first unless asked otherwise. */
export function listArtists(database: Database, listing: ArtistListing): Promise<Page<Artist>> {
  return readPage<Artist, ArtistField>(database, {
    queryName: 'artists',
    view: artistAnalytics,
    filter: listing.filter,
    orderBy: orderSteps(listing.orderBy, [{ field: 'totalPlays', direction: 'desc' }]),
    page: listing.page,
    fields: listing.fields,
    parts: listing.parts,
  });
}
