import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EngineDatabase, makeEmbeddedDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

let database: EngineDatabase;
let session: Session;
beforeAll(async () => {
  database = await makeEmbeddedDatabase('statements');
  session = await database.open();
  await session.query('set client_min_messages = warning');
});
afterAll(() => database.drop());

/** Statements cannot be deleted, so every test begins with artists and songs of its own. */
let turn = 0;
let artist: string;
beforeEach(async () => {
  artist = `0xa${++turn}`;
  await session.query(
    `insert into artists (artist_address, name) values ('${artist}', 'One'), ('${artist}b', 'Two');
     insert into songs (song_id, title, artist_address, strategy) values ('${artist}', 'Song', '${artist}', 'auction')`,
  );
});

const play = (...instants: string[]) =>
  session.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
     select '${artist}', '0x1', instant::timestamptz, 60, 0.25 from unnest($1::text[]) instant`,
    [instants],
  );
const refresh = async (at: string) => expect(await refreshAndCompare(session, at)).toEqual([]);
const closed = async () =>
  session.query(
    `select to_char(month, 'YYYY-MM') as month, plays::int, adjusted_plays::int as adjusted, backfilled
     from analytics.statement where artist_address = $1 order by month`,
    [artist],
  );
const openMonth = async () =>
  (await session.query(`select to_char(analytics.open_month(), 'YYYY-MM') as month`))[0]!.month;
const verify = async () =>
  (await session.query<{ verdict: object }>('select analytics.verify() as verdict'))[0]!.verdict;

describe('A history that is imported after the first refreshes', () => {
  it('is closed month by month, not as adjustments', async () => {
    await refresh('2026-01-10T00:00:00Z');
    await play('2026-01-15Z');
    await refresh('2026-01-20T00:00:00Z');
    expect(await closed()).toEqual([]);
    await play('2025-11-01Z', '2025-11-30 23:59:59.999999Z', '2025-12-01Z');
    await refresh('2026-01-21T00:00:00Z');
    expect(await closed()).toEqual([
      { month: '2025-11', plays: 2, adjusted: 0, backfilled: true },
      { month: '2025-12', plays: 1, adjusted: 0, backfilled: true },
    ]);
    expect(await openMonth()).toBe('2026-01');
    expect(await verify()).toMatchObject({ ok: true });
  });
});

describe('A month', () => {
  it('is closed by the first refresh at its end, and stays so when the clock steps back', async () => {
    await play('2026-01-31 23:59:59.999999Z', '2026-02-01Z');
    await refresh('2026-01-31T23:59:59.999999Z');
    expect(await closed()).toEqual([]);
    await refresh('2026-02-01T00:00:00Z');
    const january = { month: '2026-01', plays: 1, adjusted: 0, backfilled: false };
    expect(await closed()).toEqual([january]);
    await play('2026-01-31Z');
    await refresh('2026-01-30T00:00:00Z');
    expect(await openMonth()).toBe('2026-02');
    await refresh('2026-02-02T00:00:00Z');
    expect(await closed()).toEqual([january]);
    await refresh('2026-03-01T00:00:00Z');
    expect(await closed()).toEqual([january, { month: '2026-02', plays: 1, adjusted: 1, backfilled: false }]);
  });

  it('that ended while nobody refreshed is closed in its turn; the first one takes the adjustments', async () => {
    await play('2026-03-05Z', '2026-06-01Z', '2026-02-01Z');
    await refresh('2026-07-01T00:00:00Z');
    expect(await closed()).toEqual([
      { month: '2026-03', plays: 1, adjusted: 1, backfilled: false },
      { month: '2026-06', plays: 1, adjusted: 0, backfilled: false },
    ]);
    expect(await openMonth()).toBe('2026-07');
  });

  it('in which everything was taken back has no statement', async () => {
    await play('2026-06-01Z', '2026-07-01Z');
    await refresh('2026-07-02T00:00:00Z');
    await session.query(`delete from plays where song_id = '${artist}'`);
    await refresh('2026-07-03T00:00:00Z');
    await play('2026-06-02Z');
    await session.query(`update plays set amount_paid = 0 where song_id = '${artist}'`);
    await session.query(`delete from plays where song_id = '${artist}'`);
    await refresh('2026-08-01T00:00:00Z');
    expect(await closed()).toEqual([]);
  });

  it('that is retired goes on to stand in its statement, also over a rebuild', async () => {
    await session.query(
      `select * from analytics.ensure_play_partitions_between('2026-08-01Z', '2026-08-31Z')`,
    );
    await play('2026-08-02Z', '2026-08-03Z', '2026-11-20Z');
    await refresh('2026-11-25T00:00:00Z');
    await session.query(`select analytics.retire_plays('2026-08-01')`);
    const before = await closed();
    expect(before[0]).toEqual({ month: '2026-08', plays: 2, adjusted: 0, backfilled: false });
    await session.query('select analytics.rebuild()');
    expect(await session.query('select * from analytics.statement_change')).toEqual([]);
    expect(await closed()).toEqual(before);
    expect(await verify()).toMatchObject({ ok: true });
  });
});

describe('Verify', () => {
  it('finds adjustments that were lost, and the rebuild that it advises puts them right', async () => {
    const until = (await openMonth()) as string;
    await play('2026-05-01Z');
    await session.query(`select analytics.refresh('test', '${until}-20T00:00:00Z')`);
    await session.query('delete from analytics.statement_change');
    expect(await verify()).toMatchObject({
      ok: false,
      differences: [{ view: 'adjustments', key: `${artist} ${artist} 2026-05-01` }],
      advice: 'select analytics.rebuild()',
    });
    await session.query('select analytics.rebuild()');
    expect(await verify()).toMatchObject({ ok: true });
  });
});
