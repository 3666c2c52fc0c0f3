import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { findGeneration } from '../../src/views/freshness.js';
import { refreshAndCompare } from '../refresh/history.js';
import { createPglite } from '../support/database-templates.js';
import { asOf, loadFixture } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { holdSession } from '../support/hold-session.js';
import { openServer } from '../support/open-server.js';
import { type Pooler, startPooler } from '../support/pooler.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';

/** As an administrator may have set them for the user of the gateway. */
const settings = {
  datestyle: 'German, DMY',
  intervalstyle: 'sql_standard',
  timezone: 'Asia/Kathmandu',
  extra_float_digits: '-15',
  bytea_output: 'escape',
  quote_all_identifiers: 'on',
  standard_conforming_strings: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  search_path: '',
  idle_in_transaction_session_timeout: '900ms',
} as const;
type Setting = keyof typeof settings;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(15);
});
afterAll(() => server.stop());

const administer = async (database: string, ...statements: string[]) => {
  const client = new pg.Client(server.url.replace(/\/postgres$/, `/${database}`));
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

/** A database with the fixture in it, of a user whose settings are still to be made. */
async function makeDatabase() {
  const name = `settings_${randomBytes(6).toString('hex')}`;
  await administer(
    'postgres',
    `create role ${name} login superuser password 'plain'`,
    `create database ${name} owner ${name} template ${migratedTemplate}`,
  );
  const url = `postgresql://${name}:plain@127.0.0.1:${server.port}/${name}`;
  const database = openServer({ connectionString: url, poolSize: 2 });
  await database.query(
    `select * from analytics.ensure_play_partitions_between('2025-01-01Z', '2025-02-01Z')`,
  );
  await loadFixture(database);
  await database.close();
  const set = (chosen: readonly Setting[]) =>
    administer(name, ...chosen.map((each) => `alter role ${name} set ${each} = '${settings[each]}'`));
  return { url, set };
}

const documents = [
  `{ songs(first: 5, orderBy: [{ field: LAST_PLAYED, direction: DESC }]) { totalCount edges { cursor node { songId title firstPlayed lastPlayed totalEarnings avgPlayDuration trendingScore } } pageInfo { endCursor } } }`,
  `{ songs(first: 3, filter: { lastPlayed: { atOrAfter: "2026-02-01T00:00:00.000001+02:00" }, title: { contains: "\\\\" } }) { nodes { songId title } } }`,
  `{ artists(first: 9) { nodes { artistAddress artistName lastPlayDate lastRefreshed totalEarnings } } }`,
  '{ platformStats { totalPlays totalVolume avgPayment } genres { genre totalEarnings } viewFreshness { view lastRefreshed generation refreshDurationMs } }',
];
const forOperators = [
  '{ listeners(first: 4) { nodes { listenerAddress firstActive lastActive totalSpent } } }',
  '{ monitoring { refreshes(limit: 1) { asOf startedAt finishedAt durationMs } } }',
];

async function answersOf(gateway: Gateway) {
  const answers = [];
  for (const document of documents) answers.push(await gateway.ask(document));
  for (const document of forOperators) answers.push(await gateway.ask(document, {}, 'operator'));
  const first = answers[0]?.data as { songs: { pageInfo: { endCursor: string } } };
  answers.push(
    await gateway.ask(
      `query Next($after: String!) { songs(first: 5, after: $after, orderBy: [{ field: LAST_PLAYED, direction: DESC }]) { nodes { songId lastPlayed } } }`,
      { after: first.songs.pageInfo.endCursor },
    ),
  );
  for (const answer of answers) expect(answer.errors).toEqual([]);
  return answers.map(({ data, headers }) => ({ data, lastModified: headers.get('last-modified') }));
}

describe.each(['directly', 'through a transaction pooler'])(
  'A gateway that reaches its database %s',
  (way) => {
    it('answers the same whatever is set for its user', async () => {
      const { url, set } = await makeDatabase();
      const before = await startGateway(openServer({ connectionString: url, poolSize: 4 }));
      const expected = await answersOf(before);
      await before.close();
      expect(JSON.stringify(expected)).toContain(asOf);

      await set(Object.keys(settings) as Setting[]);
      let pooler: Pooler | undefined;
      if (way !== 'directly') pooler = await startPooler(url);
      const options = {
        connectionString: pooler?.through(url) ?? url,
        poolSize: 4,
        isPooled: pooler !== undefined,
      };
      const gateway = await startGateway(openServer(options), {
        DATABASE_DIRECT_URL: url,
      });
      expect(await answersOf(gateway)).toEqual(expected);
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(metrics).not.toContain('NaN');

      const { data } = await gateway.ask(
        'mutation { refreshViews { outcome asOf views { rowsChanged } } }',
        {},
        'operator',
      );
      expect(data).toMatchObject({ refreshViews: { outcome: 'REFRESHED' } });
      const instant = (data as { refreshViews: { asOf: string } }).refreshViews.asOf;
      expect(Math.abs(Date.parse(instant) - Date.now())).toBeLessThan(600_000);
      await gateway.close();
      await pooler?.stop();
    });
  },
);

describe('A user of the database for whom is set', () => {
  it.each(Object.keys(settings) as Setting[])(
    '%s migrates, refreshes, verifies and retires',
    async (setting) => {
      const { url, set } = await makeDatabase();
      await set([setting]);
      const database = openServer({ connectionString: url, poolSize: 2 });
      onTestFinished(() => database.close());
      expect(await migrate(database)).toEqual([]);
      expect((await findGeneration(database.reader))?.asOf).toBe(asOf);
      await database.transaction((client) =>
        client.query(`select * from analytics.ensure_play_partitions_between('2026-02-01Z', '2026-05-01Z')`),
      );
      await database.transaction(async (client) => {
        const { rows } = await client.query(
          `select analytics.retire_plays('2025-01-01') ->> 'month' as month`,
        );
        expect(rows).toEqual([{ month: '2025-01' }]);
      });

      // What psql and pg_cron call, in a session that is as the user's settings make it.
      const session = new pg.Client(url);
      await session.connect();
      const rows = async (sql: string) => (await session.query(sql)).rows;
      await rows(
        `insert into public.plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xnew', now(), 1, 1)`,
      );
      await rows('update public.plays set amount_paid = 2 where id % 2 = 0');
      await rows(`select public.refresh_all_materialized_views()`);
      const [{ verdict }] = (await rows('select analytics.verify() as verdict')) as [{ verdict: unknown }];
      expect(verdict).toMatchObject({ ok: true, differences: [], bypasses: [] });
      const [{ reason }] = (await rows(
        'select reason from analytics.refresh_ledger order by id desc limit 1',
      )) as [{ reason: string | null }];
      expect(reason).toBeNull();
      await session.end();
    },
  );

  it('everything at once makes the schema from nothing', async () => {
    const name = `settings_${randomBytes(6).toString('hex')}`;
    await administer(
      'postgres',
      `create role ${name} login password 'plain'`,
      `create database ${name} owner ${name}`,
    );
    await administer(
      name,
      ...Object.entries(settings).map(([each, value]) => `alter role ${name} set ${each} = '${value}'`),
    );
    const database = openServer({
      connectionString: `postgresql://${name}:plain@127.0.0.1:${server.port}/${name}`,
      poolSize: 2,
    });
    onTestFinished(() => database.close());
    await migrate(database);
    await database.query(
      `insert into artists (artist_address, name) values ('0xa1', 'One'); insert into songs (song_id, title, artist_address, strategy) values ('a', 'A', '0xa1', 'auction');
       insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0x1', '2026-03-01Z', 1, 1)`,
    );
    const client = await holdSession(database);
    const query = async (sql: string, values?: unknown[]) => (await client.query(sql, values)).rows;
    try {
      expect(await refreshAndCompare({ query } as never, asOf)).toEqual([]);
    } finally {
      client.release();
    }
  });
});

it('The embedded database answers the same when its settings were changed', async () => {
  const database = overPglite(await createPglite());
  await database.query(`alter role postgres set datestyle = 'German, DMY'`);
  const { rows } = await database.query(`select current_setting('datestyle') as style, now() as now`);
  expect(rows[0].style).toBe('ISO, MDY');
  expect(rows[0].now).toMatch(/^\d{4}-\d\d-\d\dT/);
  await database.close();
});
