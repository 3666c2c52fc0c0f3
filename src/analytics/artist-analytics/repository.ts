import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import { type PageRequest, readPage } from '../paging/page.js';
import type { Page } from '../paging/page-parts.js';
import { anyParameter, countAll, readRow, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { Artist } from './type.js';

/** Finds one artist, with the selected fields. */
export function findArtist(reader: Reader, address: string, selection: Selection): Promise<Artist | null> {
  const columns = selection.columns(artistAnalytics);
  return readRow(reader, {
    name: 'artist',
    shape: [columns.key],
    values: [address],
    build: () =>
      queryBuilder
        .selectFrom('mv_artist_analytics')
        .select(columns.selections)
        .select(stateColumn)
        .where('artist_address', '=', address),
  });
}

/** Reads many artists by their addresses in one statement, in any order. */
export function listArtistsByAddress(
  reader: Reader,
  addresses: readonly string[],
  selection: Selection,
): Promise<Artist[]> {
  const columns = selection.columns(artistAnalytics);
  return readRows(reader, {
    name: 'artists.byAddress',
    shape: [columns.key],
    values: [addresses],
    build: () =>
      queryBuilder
        .selectFrom('mv_artist_analytics')
        .select(columns.selections)
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
