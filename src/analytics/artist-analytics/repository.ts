import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import type { Database } from '../../database/database.js';
import { stateColumn } from '../../views/reading.js';
import { type Page, type PageRequest, readPage } from '../paging/page.js';
import { anyParameter, countAll, readRow, readRows } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { Artist } from './type.js';

/** Finds one artist, with the selected fields. */
export function findArtist(
  database: Database,
  address: string,
  fields: ReadonlySet<string>,
): Promise<Artist | null> {
  const columns = selectedColumns(artistAnalytics, fields);
  return readRow(database, {
    name: 'artist',
    shape: [columns],
    values: [address],
    build: () =>
      database.kysely
        .selectFrom('mv_artist_analytics')
        .select(columns)
        .select(stateColumn)
        .where('artist_address', '=', address),
  });
}

/** Reads many artists by their addresses in one statement, in any order. */
export function listArtistsByAddress(
  database: Database,
  addresses: readonly string[],
  fields: ReadonlySet<string>,
): Promise<Artist[]> {
  const columns = selectedColumns(artistAnalytics, fields);
  return readRows(database, {
    name: 'artists.byAddress',
    shape: [columns],
    values: [addresses],
    build: () =>
      database.kysely
        .selectFrom('mv_artist_analytics')
        .select(columns)
        .select(stateColumn)
        .where('artist_address', '=', anyParameter(addresses)),
  });
}

/** One page of artists; most played first unless ordered otherwise. */
export function listArtists(
  database: Database,
  request: PageRequest<typeof artistAnalytics>,
): Promise<Page<Artist>> {
  const artists = () => database.kysely.selectFrom('mv_artist_analytics');
  return readPage(
    database,
    {
      name: 'artists',
      view: artistAnalytics,
      defaultOrder: [{ field: 'totalPlays', direction: 'desc' }],
      selectRows: (columns) => artists().select(columns).select(stateColumn),
      countRows: () => artists().select([countAll, stateColumn]),
    },
    request,
  );
}
