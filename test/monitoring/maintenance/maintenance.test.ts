import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameIn } from '../../../src/database/reader/named-text.js';
import { describeEachGateway, type Gateway, startGateway } from '../../support/gateway.js';
import { holdSession } from '../../support/hold-session.js';
import { openServer } from '../../support/open-server.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';

type Report = Readonly<Record<string, unknown>> & {
  readonly before: Readonly<Record<string, number | string | null>>;
  readonly after: Readonly<Record<string, number | string | null>>;
};

const report = `{ table operation startedAt durationMs joined deadRowsRemoved bytesFreed
  before { ...state } after { ...state } } }
fragment state on TableState { rows deadRows sizeBytes indexBytes lastVacuumAt lastAnalyzeAt`;

async function maintain(gateway: Gateway, mutation: string, table: string): Promise<Report> {
  const { data, errors } = await gateway.ask(
    `mutation { ${mutation}(table: ${table}) ${report} }`,
    {},
    'operator',
  );
  expect(errors).toEqual([]);
  return (data as Record<string, Report>)[mutation]!;
}

async function refusal(gateway: Gateway, mutation: string, table: string) {
  const { errors } = await gateway.ask(
    `mutation { ${mutation}(table: ${table}) { durationMs } }`,
    {},
    'operator',
  );
  expect(errors).toHaveLength(1);
  return { code: errors[0]?.extensions.code, message: errors[0]?.message };
}

const auditOf = (gateway: Gateway): Record<string, unknown>[] =>
  gateway.lines.map((line) => JSON.parse(line)).filter((line) => line.audit === true);

describeEachGateway('Maintenance', (gateway, name) => {
  it('vacuums a table and says what came of it (G-MAINT-01)', async () => {
    await expect
      .poll(async () => {
        const writer = await holdSession(gateway().database);
        await writer.query(`update songs set title = title || '!'`);
        await writer.query('select pg_stat_force_next_flush()');
        const { rows } = await writer.query(
          `select n_dead_tup::int as dead from pg_stat_user_tables where relname = 'songs'`,
        );
        writer.release();
        return rows[0].dead;
      })
      .toBeGreaterThan(0);
    const reports: Report[] = [];
    // A transaction that is open still, such as one of the gateway's own, keeps rows that it might want to see.
    await expect
      .poll(async () => {
        reports.push(await maintain(gateway(), 'vacuumTable', 'SONGS'));
        return reports.at(-1)?.after.deadRows;
      })
      .toBe(0);
    expect(reports[0]!.before.deadRows).toBeGreaterThan(0);
    const vacuumed = reports.at(-1)!;
    expect(vacuumed).toMatchObject({ table: 'SONGS', operation: 'VACUUM', joined: false });
    expect(vacuumed.before.deadRows).toBeGreaterThan(0);
    expect(vacuumed.deadRowsRemoved).toBe(vacuumed.before.deadRows);
    expect(vacuumed.after).toMatchObject({ rows: 24, deadRows: 0 });
    expect(Date.parse(String(vacuumed.after.lastVacuumAt))).toBeGreaterThan(
      Date.parse(String(vacuumed.before.lastVacuumAt ?? '2000-01-01')),
    );
    expect(vacuumed.durationMs).toBeGreaterThan(0);
  });

  it('analyzes a partitioned table with all its partitions (G-MAINT-02)', async () => {
    const analyzed = await maintain(gateway(), 'analyzeTable', 'PLAYS');
    expect(analyzed).toMatchObject({ table: 'PLAYS', operation: 'ANALYZE', before: { lastAnalyzeAt: null } });
    expect(analyzed.after.rows).toBe(94);
    expect(Date.parse(String(analyzed.after.lastAnalyzeAt))).toBeGreaterThan(Date.now() - 60_000);
    const vacuumed = await maintain(gateway(), 'vacuumTable', 'PLAYS');
    expect(vacuumed.after.lastVacuumAt).not.toBeNull();
  });

  it('looks after every table of the list, and after no other', async () => {
    const { data } = await gateway().ask(
      '{ __type(name: "MaintainableTable") { enumValues { name } } }',
      {},
      'operator',
    );
    const names = (data as { __type: { enumValues: { name: string }[] } }).__type.enumValues;
    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const table of names) {
      await maintain(gateway(), 'vacuumTable', table.name);
      const { after } = await maintain(gateway(), 'analyzeTable', table.name);
      expect(after.lastAnalyzeAt, table.name).not.toBeNull();
      expect(after.lastVacuumAt, table.name).not.toBeNull();
    }
    expect((await refusal(gateway(), 'vacuumTable', 'PG_AUTHID')).code).toBe('BAD_USER_INPUT');
    expect((await refusal(gateway(), 'vacuumTable', '"songs; drop table plays"')).code).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('does the same thing to a table once for all who ask for it at the same time (G-MAINT-03)', async () => {
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => maintain(gateway(), 'vacuumTable', 'MV_SONG_ANALYTICS')),
    );
    const mixed = await Promise.all([
      maintain(gateway(), 'vacuumTable', 'PLAYS'),
      maintain(gateway(), 'analyzeTable', 'PLAYS'),
    ]);
    const began = asked.filter((each) => !each.joined).length;
    expect(began).toBeGreaterThan(0);
    expect(mixed.map((each) => each.joined)).toEqual([false, false]);
    expect(
      new Set(asked.filter((each) => each.joined).map((each) => each.startedAt)).size,
    ).toBeLessThanOrEqual(began);
  });

  it('leaves a line about who did what, when and for how long (G-MAINT-04)', async () => {
    const before = auditOf(gateway()).length;
    await maintain(gateway(), 'analyzeTable', 'ARTISTS');
    await gateway().ask('mutation { refreshViews(views: [MV_GENRE_STATS]) { outcome } }', {}, 'operator');
    await gateway().ask('mutation { setThresholds(slowQueryMs: 700) { slowQueryMs } }', {}, 'operator');
    await gateway().ask('mutation { clearQueryMetrics }', {}, 'operator');
    await gateway().ask('mutation { vacuumTable(table: SONGS) { durationMs } }');
    const lines = auditOf(gateway()).slice(before);
    expect(lines.map((line) => line.action)).toEqual([
      'analyzeTable',
      'refreshViews',
      'setThresholds',
      'clearQueryMetrics',
    ]);
    expect(lines[0]).toMatchObject({
      who: 'ada',
      detail: { table: 'ARTISTS' },
      outcome: 'done',
      startedAt: expect.stringMatching(/Z$/),
      durationMs: expect.any(Number),
      requestId: expect.any(String),
    });
    expect(lines[1]).toMatchObject({ who: 'ada', detail: { views: ['mv_genre_stats'] } });
    expect(JSON.stringify(lines)).not.toContain('the-secret-of-an-operator');
  });

  it('leaves no limit of its own behind', async () => {
    const { rows } = await gateway().database.query(
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
    );
    expect(rows).toEqual([{ statement: name === 'PGlite' ? '0' : '10s', lock: '0' }]);
  });
});

for (const version of [15, 18] as const)
  describe(`Maintenance on PostgreSQL ${version}`, () => {
    let server: PostgresServer;
    let admin: pg.Client;
    const gateways: Gateway[] = [];
    const open = async (user: string) => {
      const url = new URL(server.url);
      if (user !== 'postgres') url.username = url.password = user;
      url.pathname = '/music';
      const gateway = await startGateway(openServer({ connectionString: url.href, poolSize: 2 }));
      gateways.push(gateway);
      return gateway;
    };
    beforeAll(async () => {
      server = await startPostgres(version);
      const first = new pg.Client(server.url);
      await first.connect();
      await first.query('create database music');
      await first.end();
      admin = new pg.Client(server.url.replace(/postgres$/, 'music'));
      await admin.connect();
    });
    afterAll(async () => {
      for (const gateway of gateways) await gateway.close();
      await admin?.end();
      await server?.stop();
    });

    it('is refused to a database user who does not own the table, with what it needs (G-MAINT-05)', async () => {
      await admin.query(`create role reader login password 'reader';
        grant create on database music to reader; grant create on schema public to reader`);
      const gateway = await open('reader');
      // One at a time: the gateway makes partitions meanwhile, and together their locks could be a deadlock.
      await admin.query('alter table songs owner to postgres');
      await admin.query('alter table plays owner to postgres');
      for (const [mutation, table] of [
        ['vacuumTable', 'SONGS'],
        ['analyzeTable', 'PLAYS'],
      ] as const) {
        const { code, message } = await refusal(gateway, mutation, table);
        expect(code).toBe('FORBIDDEN');
        expect(message).toMatch(new RegExp(`^${table}: expected the gateway's database user to own it`));
      }
      expect(auditOf(gateway).at(-1)).toMatchObject({ outcome: 'failed', code: 'FORBIDDEN', who: 'ada' });
      if (version === 15) return;
      await admin.query('grant maintain on songs to reader');
      expect((await maintain(gateway, 'vacuumTable', 'SONGS')).after.lastVacuumAt).not.toBeNull();
    });

    it('has its names in the statistics of the server', async () => {
      await admin.query('create extension pg_stat_statements');
      const gateway = await open('postgres');
      await maintain(gateway, 'vacuumTable', 'ARTISTS');
      await maintain(gateway, 'analyzeTable', 'ARTISTS');
      const { rows } = await admin.query<{ query: string }>(
        `select query from pg_stat_statements where query ~ '/\\* maintenance'`,
      );
      expect(new Set(rows.map(({ query }) => nameIn(query)))).toEqual(
        new Set(['maintenance.privilege', 'maintenance.state', 'maintenance.vacuum', 'maintenance.analyze']),
      );
    });

    it('gives up soon on a table that somebody has locked, and blocks nobody meanwhile (G-MAINT-06)', async () => {
      const gateway = await open('postgres');
      const locker = new pg.Client(server.url.replace(/postgres$/, 'music'));
      await locker.connect();
      await locker.query('begin; lock table songs in share update exclusive mode');
      const { code, message } = await refusal(gateway, 'vacuumTable', 'SONGS');
      expect(code).toBe('UNAVAILABLE');
      expect(message).toMatch(/^SONGS: expected no conflicting lock, .*Try again when it has ended/);
      await locker.query('rollback');
      await locker.end();
      await maintain(gateway, 'vacuumTable', 'SONGS');
      const { rows } = await admin.query(
        `select from pg_stat_activity where datname = 'music' and query like '%maintenance%' and pid <> pg_backend_pid()`,
      );
      expect(rows).toEqual([]);
    });
  });
