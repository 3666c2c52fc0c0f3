import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import { stateColumn } from '../../views/reading.js';
import { type PageRequest, readPage } from '../paging/page.js';
import type { Page } from '../paging/page-parts.js';
import { anyParameter, countAll, readRow, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { Artist } from './type.js';

/** Finds one artist, with the selected fields. */
export function findArtist(
  reader: AnalyticsReader,
  address: string,
  selection: Selection,
): Promise<Artist | null> {
  const columns = selection.columns(artistAnalytics);
  return readRow(reader, {
    name: 'artist',
    shape: [columns.key],
    values: [address],
    build: () =>
      viewRows(reader, artistAnalytics)
        .select(columns.selections)
        .select(stateColumn)
        .where('artist_address', '=', address),
  });
}

/** Reads many artists by their addresses in one statement, in any order. */
export function listArtistsByAddress(
  reader: AnalyticsReader,
  addresses: readonly string[],
  selection: Selection,
): Promise<Artist[]> {
  const columns = selection.columns(artistAnalytics);
  return readRows(reader, {
    name: 'artists.byAddress',
    shape: [columns.key],
    values: [addresses],
    build: () =>
      viewRows(reader, artistAnalytics)
        .select(columns.selections)
        .select(stateColumn)
        .where('artist_address', '=', anyParameter(addresses)),
  });
}

/** One page of artists; most played first unless asked otherwise. */
export function listArtists(
  reader: AnalyticsReader,
  request: PageRequest<typeof artistAnalytics>,
): Promise<Page<Artist>> {
  const artists = () => viewRows(reader, artistAnalytics);
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
