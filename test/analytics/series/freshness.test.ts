import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFresh } from '../../support/databases.js';
import { type Gateway, startGateway } from '../../support/gateway.js';

describe('A series that is cached', () => {
  let gateway: Gateway;
  const refreshAt = (instant: string) =>
    gateway.database.query(`select analytics.refresh('test', $1)`, [instant]);
  beforeAll(async () => {
    const database = await openFresh();
    await database.query(
      `insert into artists (artist_address, name) values ('0xa1', 'One');
       insert into songs (song_id, title, artist_address, strategy) values ('old', 'Old', '0xa1', 'auction');
       insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('old', '0xb1', '2020-01-01', 60, 1)`,
    );
    await database.query("select analytics.refresh('test', '2026-03-01T23:59:00Z')");
    gateway = await startGateway(database);
  });
  afterAll(() => gateway?.close());

  it('moves on with the refresh, also where no number of the song has changed', async () => {
    const endOf = async () => {
      const { data } = await gateway.ask('{ song(id: "old") { playCount series(last: 1) { to } } }');
      return (data as { song: { series: { to: string } } }).song.series.to;
    };
    expect(await endOf()).toBe('2026-03-02T00:00:00.000Z');
    expect(await endOf()).toBe('2026-03-02T00:00:00.000Z');
    await refreshAt('2026-03-02T00:01:00Z');
    await expect.poll(endOf).toBe('2026-03-03T00:00:00.000Z');
  });
});
