import { sql } from 'kysely';
import { listenerActivity } from '../../catalogue/listener-activity.js';
import type { Database } from '../../database/database.js';
import { run } from '../../database/execution/query.js';
import { stateColumn } from '../../views/reading.js';
import { type Page, type PageRequest, readPage } from '../paging/page.js';
import { countAll, readRow } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { FavoriteArtist } from './favorite-artist.js';
import type { Listener } from './type.js';

/** Finds one listener, with the selected fields. */
export function findListener(
  database: Database,
  address: string,
  fields: ReadonlySet<string>,
): Promise<Listener | null> {
  const columns = selectedColumns(listenerActivity, fields);
  return readRow(database, {
    name: 'listener',
    shape: [columns],
    values: [address],
    build: () =>
      database.kysely
        .selectFrom('mv_listener_activity')
        .select(columns)
        .select(stateColumn)
        .where('listener_address', '=', address),
  });
}

/** One page of listeners; those with the most plays first unless ordered otherwise. */
export function listListeners(
  database: Database,
  request: PageRequest<typeof listenerActivity>,
): Promise<Page<Listener>> {
  const listeners = () => database.kysely.selectFrom('mv_listener_activity');
  return readPage(
    database,
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
  database: Database,
  address: string,
  first: number,
): Promise<FavoriteArtist[]> {
  const query = sql<FavoriteArtist>`
    select songs.artist_address::text as "artistAddress", count(*) as "plays", sum(plays.amount_paid) as "totalSpent"
    from plays join songs using (song_id)
    where plays.listener_address = ${address} and songs.artist_address is not null
    group by songs.artist_address
    order by count(*) desc, songs.artist_address::text collate "C" limit ${first}`;
  return run(database, 'listener.favoriteArtists', { compile: () => query.compile(database.kysely) });
}
