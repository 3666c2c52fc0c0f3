import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import { type Page, type PageRequest, readPage } from '../paging/page.js';
import { anyParameter, countAll, readRow, readRows } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { Artist } from './type.js';

/** Finds one artist, with the fields that were asked for. */
export function findArtist(
  reader: Reader,
  address: string,
  fields: ReadonlySet<string>,
): Promise<Artist | null> {
  const columns = selectedColumns(artistAnalytics, fields);
  return readRow(reader, {
    name: 'artist',
    shape: [columns],
    values: [address],
    build: () =>
      queryBuilder
        .selectFrom('mv_artist_analytics')
        .select(columns)
        .select(stateColumn)
        .where('artist_address', '=', address),
  });
}

/** Reads many artists by their addresses in one statement, in any order. */
export function listArtistsByAddress(
  reader: Reader,
  addresses: readonly string[],
  fields: ReadonlySet<string>,
): Promise<Artist[]> {
  const columns = selectedColumns(artistAnalytics, fields);
  return readRows(reader, {
    name: 'artists.byAddress',
    shape: [columns],
    values: [addresses],
    build: () =>
      queryBuilder
        .selectFrom('mv_artist_analytics')
        .select(columns)
        .select(stateColumn)
        .where('artist_address', '=', anyParameter(addresses)),
  });
}

/** One page of artists; most played first unless asked otherwise. */
export function listArtists(
  reader: Reader,
  request: PageRequest<typeof artistAnalytics>,
): Promise<Page<Artist>> {
  const artists = () => queryBuilder.selectFrom('mv_artist_analytics');
  return readPage(
    reader,
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
