import { sql } from 'kysely';
import { listenerActivity } from '../../catalogue/listener-activity.js';
import { rawQuery } from '../../database/raw-query.js';
import { stateColumn } from '../../views/reading.js';
import { type PageRequest, readPage } from '../paging/page.js';
import type { Page } from '../paging/page-parts.js';
import { anyParameter, countAll, readRow, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { FavoriteArtist } from './favorite-artist.js';
import type { Listener } from './type.js';

/** Finds one listener, with the selected fields. */
export function findListener(
  reader: AnalyticsReader,
  address: string,
  selection: Selection,
): Promise<Listener | null> {
  const columns = selection.columns(listenerActivity);
  return readRow(reader, {
    name: 'listener',
    shape: [columns.key],
    values: [address],
    build: () =>
      viewRows(reader, listenerActivity)
        .select(columns.selections)
        .select(stateColumn)
        .where('listener_address', '=', address),
  });
}

/** Reads many listeners by their addresses in one statement, in any order. */
export function listListenersByAddress(
  reader: AnalyticsReader,
  addresses: readonly string[],
  selection: Selection,
): Promise<Listener[]> {
  const columns = selection.columns(listenerActivity);
  return readRows(reader, {
    name: 'listeners.byAddress',
    shape: [columns.key],
    values: [addresses],
    build: () =>
      viewRows(reader, listenerActivity)
        .select(columns.selections)
        .select(stateColumn)
        .where('listener_address', '=', anyParameter(addresses)),
  });
}

/** One page of listeners; those with the most plays first unless ordered otherwise. */
export function listListeners(
  reader: AnalyticsReader,
  request: PageRequest<typeof listenerActivity>,
): Promise<Page<Listener>> {
  const listeners = () => viewRows(reader, listenerActivity);
  return readPage(
    reader,
    {
      name: 'listeners',
      view: listenerActivity,
      defaultOrder: [{ field: 'totalPlays', direction: 'desc' }],
      selectRows: (columns) => listeners().select(columns).select(stateColumn),
      countRows: () => listeners().select([countAll, stateColumn]),
    },
    request,
  );
}

/** The artists that a listener has played most, counted at this moment; of equals the first by address. */
export function listFavoriteArtists(
  reader: AnalyticsReader,
  address: string,
  first: number,
): Promise<FavoriteArtist[]> {
  const query = sql<FavoriteArtist>`
    select songs.artist_address::text as "artistAddress", count(*) as "plays", sum(plays.amount_paid) as "totalSpent"
    from plays join songs using (song_id)
    where plays.listener_address = ${address} and songs.artist_address is not null
    group by songs.artist_address
    order by count(*) desc, songs.artist_address::text collate "C" limit ${first}`;
  return reader.read('listener.favoriteArtists', rawQuery(query));
}
