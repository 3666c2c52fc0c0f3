import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewNames } from '../../../src/catalogue/index.js';
import { rawQuery } from '../../../src/database/raw-query.js';
import { type AlertRecord, Alerts } from '../../../src/monitoring/alerts/alerts.js';
import { openFresh } from '../../support/databases.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { waitFor } from '../../support/wait.js';

describe('The list of alerts', () => {
  function setUp() {
    let nowMs = Date.UTC(2026, 0, 1);
    const told: AlertRecord[] = [];
    const alerts = new Alerts({ now: () => new Date(nowMs), onChange: (alert) => void told.push(alert) });
    const pass = (ms: number) => {
      nowMs += ms;
    };
    return { alerts, told, pass };
  }
  const slow = (subject: string) => ({ kind: 'slowQuery' as const, subject, message: `${subject} is slow` });

  it('counts what happens again as the same alert and tells of it once (G-MON-23)', () => {
    const { alerts, told, pass } = setUp();
    for (let index = 0; index < 1_000; index++) {
      alerts.raise(slow('songs'));
      pass(100);
      alerts.settle();
    }
    expect(alerts.list()).toMatchObject([{ subject: 'songs', count: 1_000, recoveredAt: null }]);
    expect(told).toHaveLength(1);
  });

  it('takes a problem that stays away for a minute as over, and the next one as another', () => {
    const { alerts, told, pass } = setUp();
    alerts.raise(slow('songs'));
    pass(59_000);
    alerts.settle();
    expect(alerts.list()[0]?.recoveredAt).toBeNull();
    pass(1_000);
    alerts.settle();
    expect(alerts.list()[0]?.recoveredAt).toEqual(new Date(Date.UTC(2026, 0, 1, 0, 1)));
    alerts.raise(slow('songs'));
    expect(alerts.list().map(({ recoveredAt }) => recoveredAt === null)).toEqual([true, false]);
    expect(told).toHaveLength(3);
  });

  it('remembers the last 200', () => {
    const { alerts } = setUp();
    for (let index = 0; index < 300; index++) alerts.raise(slow(`query ${index}`));
    expect(alerts.list()).toHaveLength(200);
    expect(alerts.list()[0]?.subject).toBe('query 299');
  });

  it('does not lose one that is active to later ones that are over', () => {
    const { alerts, pass } = setUp();
    alerts.raise(slow('songs'));
    for (let index = 0; index < 300; index++) {
      pass(1);
      alerts.raise(slow(`query ${index}`));
      alerts.recover('slowQuery', `query ${index}`);
    }
    expect(alerts.list()).toHaveLength(200);
    expect(alerts.list().at(-1)).toMatchObject({ subject: 'songs', recoveredAt: null });
  });
});

describe('A gateway', () => {
  let gateway: Gateway;
  const heard: Record<string, unknown[]> = {};
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database, { LOG_LEVEL: 'info' });
    for (const event of ['slowQuery', 'queryError', 'poolStats', 'poolWarning', 'staleView'] as const) {
      heard[event] = [];
      gateway.events.on(event, (value: unknown) => void heard[event]?.push(value));
    }
  });
  afterAll(() => gateway?.close());

  const operate = async <Data = Record<string, unknown>>(document: string): Promise<Data> => {
    const { data, errors } = await gateway.ask(document, {}, 'operator');
    expect(errors).toEqual([]);
    return data as Data;
  };
  const listAlerts = async (kind: string) => {
    const { monitoring } = await operate<{ monitoring: { alerts: Record<string, unknown>[] } }>(
      '{ monitoring { alerts(limit: 200) { kind subject message raisedAt lastSeenAt count recovered recoveredAt } } }',
    );
    return monitoring.alerts.filter((alert) => alert.kind === kind);
  };
  const query = (name: string, statement: ReturnType<typeof sql>) =>
    gateway.database.reader.read(name, rawQuery(statement));
  const linesOf = (alert: string) =>
    gateway.lines.map((line) => JSON.parse(line)).filter((line) => line.alert === alert);

  it('tells of stale views once each, until they are refreshed (G-MON-04)', async () => {
    await waitFor(() => expect(heard.staleView).toHaveLength(viewNames.length));
    expect(heard.staleView).toContainEqual({
      view: 'mv_genre_stats',
      hoursOld: expect.any(Number),
      thresholdHours: 1,
    });
    expect(await listAlerts('STALE_VIEW')).toMatchObject([{ subject: 'views', recovered: false }]);
    expect(linesOf('staleView')).toHaveLength(1);
    await operate('mutation { refreshViews { generation } }');
    await waitFor(async () => expect(await listAlerts('STALE_VIEW')).toMatchObject([{ recovered: true }]));
    expect(heard.staleView).toHaveLength(viewNames.length);
  });

  it('tells of a slow query with its name and duration: an event, a line, an alert (G-MON-02)', async () => {
    await operate('mutation { setThresholds(slowQueryMs: 30) { slowQueryMs } }');
    await query('test.sleep', sql`select pg_sleep(0.04)`);
    await query('test.sleep', sql`select pg_sleep(0.05)`);
    const ours = heard.slowQuery?.filter((event) => (event as { name: string }).name === 'test.sleep');
    expect(ours).toEqual(
      [0, 1].map(() => ({
        name: 'test.sleep',
        durationMs: expect.any(Number),
        occurredAt: expect.any(Date),
        rows: 1,
        thresholdMs: 30,
      })),
    );
    const alert = (await listAlerts('SLOW_QUERY')).find(({ subject }) => subject === 'test.sleep');
    expect(alert).toMatchObject({ count: 2, recovered: false, recoveredAt: null });
    expect(alert?.message).toMatch(/^The query test\.sleep took \d+ ms; expected at most 30 ms\.$/);
    expect(linesOf('slowQuery').filter(({ subject }) => subject === 'test.sleep')).toHaveLength(1);
    await operate('mutation { setThresholds(slowQueryMs: 1000) { slowQueryMs } }');
  });

  it('tells of a failed query', async () => {
    await query('test.fails', sql`select 1 / 0`).catch(() => {});
    expect(heard.queryError).toContainEqual({
      name: 'test.fails',
      code: '22012',
      durationMs: expect.any(Number),
      occurredAt: expect.any(Date),
    });
    expect(await listAlerts('QUERY_ERROR')).toMatchObject([
      { subject: 'test.fails', message: 'The query test.fails failed with 22012.' },
    ]);
    expect(linesOf('queryError')).toMatchObject([{ level: 40, subject: 'test.fails' }]);
  });

  it('tells of its pool every few seconds (G-MON-05)', async () => {
    await waitFor(() => expect(heard.poolStats?.length).toBeGreaterThan(1));
    expect(heard.poolStats?.[0]).toEqual({
      total: expect.any(Number),
      idle: expect.any(Number),
      active: expect.any(Number),
      waiting: expect.any(Number),
      utilization: expect.any(Number),
      max: 1,
    });
  });

  it('goes on answering when a listener of its events throws (G-MON-01)', async () => {
    const listener = () => {
      throw new Error('a broken listener');
    };
    gateway.events.on('queryError', listener);
    await query('test.fails', sql`select 1 / 0`).catch(() => {});
    gateway.events.off('queryError', listener);
    expect(gateway.lines.join('')).toContain('an event listener threw');
    expect((await gateway.ask('{ platformStats { totalPlays } }')).errors).toEqual([]);
  });

  it('changes the thresholds that are given, and judges the age of views by them (G-MON-10, G-MON-14)', async () => {
    const names = 'slowQueryMs connectionPoolWarning viewStalenessHours';
    const set = (values: string) => operate(`mutation { setThresholds(${values}) { ${names} } }`);
    const staleness = async () => {
      const { data } = await gateway.ask('{ viewFreshness { stale } }');
      const { monitoring } = await operate<{ monitoring: { viewFreshness: { stale: boolean }[] } }>(
        '{ monitoring { viewFreshness { stale } } }',
      );
      const lists = [data?.viewFreshness as { stale: boolean }[], monitoring.viewFreshness];
      return lists.map((list) => [...new Set(list.map(({ stale }) => stale))]);
    };
    expect(await set('slowQueryMs: 500, connectionPoolWarning: 70, viewStalenessHours: 8760')).toEqual({
      setThresholds: { slowQueryMs: 500, connectionPoolWarning: 70, viewStalenessHours: 8760 },
    });
    expect(await staleness()).toEqual([[false], [false]]);
    await gateway.database.query(`select analytics.refresh('test', now() - interval '2 hours')`);
    expect(await staleness()).toEqual([[false], [false]]);
    expect(await set('viewStalenessHours: 1.5')).toEqual({
      setThresholds: { slowQueryMs: 500, connectionPoolWarning: 70, viewStalenessHours: 1.5 },
    });
    expect(await staleness()).toEqual([[true], [true]]);
    expect(await operate(`{ monitoring { thresholds { ${names} } } }`)).toEqual({
      monitoring: {
        thresholds: { slowQueryMs: 500, connectionPoolWarning: 70, viewStalenessHours: 1.5 },
      },
    });
  });

  it('refuses thresholds that make no sense, and then changes none', async () => {
    const { errors } = await gateway.ask(
      'mutation { setThresholds(slowQueryMs: 5, connectionPoolWarning: 101) { slowQueryMs } }',
      {},
      'operator',
    );
    expect(errors[0]).toMatchObject({
      message: 'connectionPoolWarning: expected a number from 1 to 100, got 101.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await operate('{ monitoring { thresholds { slowQueryMs } } }')).not.toEqual({
      monitoring: { thresholds: { slowQueryMs: 5 } },
    });
  });
});
