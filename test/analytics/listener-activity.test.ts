import { expect, it } from 'vitest';
import {
  FavoriteArtistsDocument,
  ListenerDocument,
  ListenersDocument,
  type ListenersQuery,
  RecentPlaysOfListenerDocument,
} from '../../src/client/operations.js';
import { alice } from '../support/fixture.js';
import { type Asker, describeEachGateway } from '../support/gateway.js';
import { byKey, canonical, readTruth } from './truth.js';
import { type List, pageSizes, walkEveryOrdering } from './walk.js';

const listeners: List<ListenersQuery> = {
  document: ListenersDocument,
  view: 'mv_listener_activity',
  key: 'listenerAddress',
  orderFields: 'ListenerOrderField',
  asker: 'operator',
  connectionOf: (data) => data.listeners,
};

describeEachGateway('Listeners', (gateway, name) => {
  const truth = async () =>
    (await readTruth(gateway().database, 'mv_listener_activity')).sort(byKey('listenerAddress'));

  it('are answered to operators as the three tables give them, in every column', async () => {
    const { listeners: page } = await gateway().read(ListenersDocument, { first: 100 }, 'operator');
    expect(page.nodes.map(canonical).sort(byKey('listenerAddress'))).toEqual(await truth());
    expect(page.totalCount).toBe((await truth()).length);
  });

  it('are each answered to themselves, in every column (G-VIEW-05)', async () => {
    for (const expected of await truth()) {
      const address = String(expected.listenerAddress) as Asker & string;
      const { listener } = await gateway().read(ListenerDocument, { address }, address);
      expect(canonical(listener!)).toEqual(expected);
    }
  });

  it('have no favourite genre where no song they played has one', async () => {
    const { listener } = await gateway().read(ListenerDocument, { address: '0xd1' }, 'operator');
    expect(listener).toMatchObject({ totalPlays: 2, favoriteGenre: null });
    expect(listener?.favoriteStrategy).not.toBeNull();
  });

  it('are null when the address has no play', async () => {
    expect(await gateway().read(ListenerDocument, { address: '0xdead' }, 'operator')).toEqual({
      listener: null,
    });
  });

  it('see their latest plays with the titles, of equals the last written first', async () => {
    const { rows } = await gateway().database.query(
      `select id::text as id, song_id as "songId", duration, title, amount_paid::text as "amountPaid"
       from plays join songs using (song_id) where listener_address = $1 order by played_at desc, plays.id desc limit 4`,
      [alice],
    );
    const { listener } = await gateway().read(
      RecentPlaysOfListenerDocument,
      { address: alice, first: 4 },
      alice,
    );
    expect(
      listener?.recentPlays.map(({ id, songId, duration, amountPaid, song }) => ({
        id,
        songId,
        duration,
        title: song?.title,
        amountPaid,
      })),
    ).toEqual(rows);
    expect(rows).toHaveLength(4);
  });

  it('see the artists they played most, of equals the first by address', async () => {
    const { rows } = await gateway().database.query(
      `select a.artist_address as "artistAddress", a.name as "artistName", count(*) as plays, sum(amount_paid)::text as "totalSpent"
       from plays join songs using (song_id) join artists a using (artist_address) where listener_address = $1
       group by 1, 2 order by count(*) desc, a.artist_address collate "C" limit 3`,
      [alice],
    );
    const { listener } = await gateway().read(FavoriteArtistsDocument, { address: alice, first: 3 }, alice);
    expect(listener?.favoriteArtists).toEqual(rows);
    expect(rows).toHaveLength(3);
  });

  it.each(pageSizes[name])(
    'come exactly once and in order, by every field and direction, forwards and backwards, in pages of %i',
    (size) => walkEveryOrdering(gateway(), listeners, size),
  );
});
