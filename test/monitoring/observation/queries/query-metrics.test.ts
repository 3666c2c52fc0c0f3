import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewNames } from '../../../../src/catalogue/index.js';
import {
  GatewayHealthDocument,
  QueryHealthDocument,
  RefreshHistoryDocument,
} from '../../../../src/client/operations.js';
import { rawQuery } from '../../../../src/database/raw-query.js';
import { openFresh } from '../../../support/databases.js';
import { type Gateway, startGateway } from '../../../support/gateway.js';

let gateway: Gateway;
beforeAll(async () => {
  const database = await openFresh('fixture');
  gateway = await startGateway(database, { RESPONSE_CACHE: 'off' });
});
afterAll(() => gateway?.close());

async function operate<Data>(document: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await gateway.ask(document, variables, 'operator');
  expect(errors).toEqual([]);
  return data as Data;
}

async function monitor<Data>(fields: string): Promise<Data> {
  return (await operate<{ monitoring: Data }>(`{ monitoring { ${fields} } }`)).monitoring;
}

/** Runs a query under a name, as every part of the gateway does. */
async function query(name: string, seconds: number, secret = 'nothing'): Promise<void> {
  const statement = sql`select pg_sleep(${seconds}), ${secret}::text`;
  await gateway.database.reader.read(name, rawQuery(statement));
}

async function fail(name: string): Promise<void> {
  const statement = sql`select 1 / ${0}::int`;
  const failing = gateway.database.reader.read(name, rawQuery(statement));
  await expect(failing).rejects.toThrow();
}

interface Numbers {
  totalQueries: number;
  avgDurationMs: number;
  minDurationMs: number;
  maxDurationMs: number;
  p50DurationMs: number;
  p95DurationMs: number;
  p99DurationMs: number;
  errorCount: number;
  errorRate: number;
  slowQueryCount: number;
}
const numbers =
  'totalQueries avgDurationMs minDurationMs maxDurationMs p50DurationMs p95DurationMs p99DurationMs errorCount errorRate slowQueryCount';

describe('The metrics of queries', () => {
  beforeEach(async () => {
    await operate('mutation { setThresholds(slowQueryMs: 1000) { slowQueryMs } clearQueryMetrics }');
  });

  it('time every query that answers a request, under its name (G-MON-06)', async () => {
    await gateway.ask('{ platformStats { totalPlays } }');
    await gateway.ask('{ genres { genre } }');
    await gateway.ask('{ genres { genre totalPlays } }');
    const { queryStats } = await monitor<{ queryStats: { byName: ({ name: string } & Numbers)[] } }>(
      `queryStats { byName { name ${numbers} } }`,
    );
    const counts = Object.fromEntries(queryStats.byName.map((each) => [each.name, each.totalQueries]));
    expect(counts).toMatchObject({ platformStats: 1, genres: 2 });
    for (const each of queryStats.byName) expect(each.minDurationMs).toBeGreaterThan(0);
  });

  it('add up to counts, averages, extremes, quantiles and an error rate, for each name and in all (G-MON-09)', async () => {
    for (const seconds of [0.01, 0.02, 0.03]) await query('test.paced', seconds);
    await fail('test.paced');
    const { queryStats } = await monitor<{
      queryStats: Numbers & { windowMs: number; byName: ({ name: string } & Numbers)[] };
    }>(`queryStats(windowMs: 300000) { windowMs ${numbers} byName { name ${numbers} } }`);
    const paced = queryStats.byName.find(({ name }) => name === 'test.paced') as Numbers;
    expect(paced).toMatchObject({ totalQueries: 4, errorCount: 1, errorRate: 0.25, slowQueryCount: 0 });
    expect(paced.maxDurationMs).toBeGreaterThanOrEqual(30);
    expect(paced.minDurationMs).toBeLessThan(paced.avgDurationMs);
    expect(paced.avgDurationMs).toBeLessThan(paced.maxDurationMs);
    expect(paced.p50DurationMs).toBeGreaterThanOrEqual(9.9);
    expect(paced.p50DurationMs).toBeLessThanOrEqual(paced.p95DurationMs);
    expect(paced.p95DurationMs).toBeLessThanOrEqual(paced.p99DurationMs);
    expect(paced.p99DurationMs).toBeLessThanOrEqual(paced.maxDurationMs);
    expect(queryStats.windowMs).toBe(300_000);
    const sum = (field: keyof Numbers) => queryStats.byName.reduce((total, each) => total + each[field], 0);
    expect(queryStats.totalQueries).toBe(sum('totalQueries'));
    expect(queryStats.errorCount).toBe(sum('errorCount'));
    expect(queryStats.maxDurationMs).toBe(Math.max(...queryStats.byName.map((each) => each.maxDurationMs)));
  });

  it('are null, and not zero, where there was nothing to measure', async () => {
    const { queryStats } = await monitor<{ queryStats: Numbers }>(`queryStats(windowMs: 1) { ${numbers} }`);
    if (queryStats.totalQueries > 0) return expect(queryStats.p95DurationMs).toBeGreaterThan(0);
    expect(queryStats).toEqual({
      totalQueries: 0,
      errorCount: 0,
      slowQueryCount: 0,
      ...{ avgDurationMs: null, minDurationMs: null, maxDurationMs: null, errorRate: null },
      ...{ p50DurationMs: null, p95DurationMs: null, p99DurationMs: null },
    });
  });

  it('list slow queries by threshold, the slowest first or the latest first (G-MON-12)', async () => {
    await operate('mutation { setThresholds(slowQueryMs: 1000) { slowQueryMs } }');
    await query('test.slowest', 1.4);
    await query('test.slow', 1.1);
    await query('test.quick', 0);
    const ours = (list: { name: string }[]) => list.filter(({ name }) => name.startsWith('test.'));
    const { bySlowness, byTime, queryStats } = await monitor<{
      bySlowness: { name: string; durationMs: number; thresholdMs: number; rows: number }[];
      byTime: { name: string }[];
      queryStats: Numbers;
    }>(
      'bySlowness: slowQueries(limit: 500) { name durationMs thresholdMs rows occurredAt } byTime: slowQueries(limit: 500, orderBy: TIME) { name } queryStats { slowQueryCount }',
    );
    const durations = bySlowness.map(({ durationMs }) => durationMs);
    expect(durations).toEqual([...durations].sort((one, other) => other - one));
    expect(new Set(ours(bySlowness).map(({ name }) => name))).toEqual(new Set(['test.slowest', 'test.slow']));
    expect(ours(byTime).map(({ name }) => name)).toEqual(['test.slow', 'test.slowest']);
    const slowest = bySlowness.find(({ name }) => name === 'test.slowest');
    expect(slowest).toMatchObject({ thresholdMs: 1000, rows: 1 });
    expect(slowest?.durationMs).toBeGreaterThanOrEqual(1_400);
    expect(queryStats.slowQueryCount).toBe(bySlowness.length);
    expect(await monitor('slowQueries(limit: 1) { name }')).toEqual({
      slowQueries: [{ name: bySlowness[0]?.name }],
    });
  });

  it('list failed queries with their SQLSTATE (G-MON-13)', async () => {
    await fail('test.divides');
    const { queryErrors } = await monitor<{ queryErrors: object[] }>(
      'queryErrors { name code sqlState durationMs occurredAt }',
    );
    expect(queryErrors[0]).toEqual({
      name: 'test.divides',
      code: '22012',
      sqlState: '22012',
      durationMs: expect.any(Number),
      occurredAt: expect.stringMatching(/Z$/),
    });
  });

  it('never repeat the values of a query', async () => {
    const secret = 'value-that-nobody-may-see';
    await operate('mutation { setThresholds(slowQueryMs: 1) { slowQueryMs } }');
    await query('test.secret', 0.01, secret);
    const seen = await monitor(
      `slowQueries(limit: 500) { name } queryErrors { name } alerts { subject message } queryStats { byName { name } }`,
    );
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(JSON.stringify(seen)).toContain('test.secret');
    expect(JSON.stringify(seen) + metrics + gateway.lines.join('')).not.toContain(secret);
  });

  it('do not take a refresh for a slow query', async () => {
    await operate('mutation { setThresholds(slowQueryMs: 1) { slowQueryMs } clearQueryMetrics }');
    const { refreshViews } = await operate<{ refreshViews: { generation: number; durationMs: number } }>(
      'mutation { refreshViews { generation durationMs } }',
    );
    const { slowQueries, refreshes } = await monitor<{
      slowQueries: { name: string; durationMs: number }[];
      refreshes: { generation: number }[];
    }>('slowQueries(limit: 500) { name durationMs } refreshes(limit: 1) { generation durationMs }');
    expect(refreshViews.durationMs).toBeGreaterThan(1);
    expect(refreshes).toEqual([refreshViews]);
    expect(slowQueries.map(({ name }) => name).filter((name) => /refresh$/i.test(name))).toEqual([]);
  });

  it('are forgotten when an operator says so, while Prometheus goes on counting (G-MON-19)', async () => {
    const counted = async () =>
      Number(/^db_query_total (\d+)/m.exec(await (await fetch(`${gateway.url}/metrics`)).text())?.[1]);
    await fail('test.forgotten');
    const before = await counted();
    expect(await operate('mutation { clearQueryMetrics }')).toEqual({ clearQueryMetrics: true });
    const after = await monitor<{ queryErrors: []; queryStats: { byName: { name: string }[] } }>(
      'queryErrors { name } slowQueries { name } queryStats(windowMs: 3600000) { byName { name } }',
    );
    expect(after).toMatchObject({ queryErrors: [], slowQueries: [] });
    expect(after.queryStats.byName.map(({ name }) => name)).not.toContain('test.forgotten');
    expect(await counted()).toBeGreaterThanOrEqual(before);
  });

  it('answer the published questions to an operator, and to nobody else', async () => {
    const health = await gateway.read(QueryHealthDocument, {}, 'operator');
    expect(health.monitoring.queryStats.totalQueries).toBeGreaterThanOrEqual(0);
    const { monitoring } = await gateway.read(GatewayHealthDocument, {}, 'operator');
    expect(monitoring.viewFreshness).toHaveLength(viewNames.length);
    const history = await gateway.read(RefreshHistoryDocument, { limit: 1 }, 'operator');
    expect(history.monitoring.refreshes).toHaveLength(1);
    for (const document of [QueryHealthDocument, GatewayHealthDocument, RefreshHistoryDocument]) {
      const { errors } = await gateway.ask(String(document), {}, 'public');
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
  });

  it('refuse limits and windows that cannot be, and say what was expected', async () => {
    const messageOf = async (field: string) => {
      const { errors } = await gateway.ask(`{ monitoring { ${field} } }`, {}, 'operator');
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      return errors[0]?.message;
    };
    expect(await messageOf('queryStats(windowMs: 3600001) { totalQueries }')).toBe(
      'windowMs: expected a number from 1 to 3600000, got 3600001.',
    );
    expect(await messageOf('slowQueries(limit: 0) { name }')).toBe(
      'limit: expected a number from 1 to 500, got 0.',
    );
    expect(await messageOf('queryErrors(limit: 501) { name }')).toContain('got 501');
    expect(await messageOf('refreshes(limit: -1) { trigger }')).toContain('got -1');
  });
});
