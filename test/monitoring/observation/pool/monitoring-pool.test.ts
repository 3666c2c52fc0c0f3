import { afterAll, beforeAll, expect, it } from 'vitest';
import { viewNames } from '../../../../src/catalogue/index.js';
import { describeEachDatabase } from '../../../support/databases.js';
import { type Gateway, startGateway } from '../../../support/gateway.js';
import { holdSession } from '../../../support/hold-session.js';
import { urlOf } from '../../../support/open-server.js';
import { waitFor } from '../../../support/wait.js';
import { withClient } from './with-client.js';

// The embedded database is one session, which is its own monitoring pool: there is nothing to hold it up beside itself.
describeEachDatabase('Monitoring', (open, name) => {
  const isServer = name !== 'PGlite';
  let gateway: Gateway;
  beforeAll(async () => {
    if (!isServer) return;
    const database = await open('fixture');
    gateway = await startGateway(database);
  });
  afterAll(() => gateway?.close());

  const monitor = async <Data>(fields: string): Promise<Data> => {
    const { data, errors } = await gateway.ask(`{ monitoring { ${fields} } }`, {}, 'operator');
    expect(errors).toEqual([]);
    return data?.monitoring as Data;
  };

  /** Holds every connection of the public's pool until the result is called. */
  const saturate = async () => {
    const { reading } = gateway;
    const pids: number[] = [];
    const isHeld = { value: true };
    const sleeping = Promise.all(
      Array.from({ length: reading.maxConnections }, async () => {
        const client = await holdSession(reading);
        await client.query('begin');
        pids.push((await client.query('select pg_backend_pid() as pid')).rows[0].pid);
        await client.query('set local statement_timeout = 0');
        await client.query('select pg_sleep(300)').catch(() => {});
        await client.query('rollback');
        client.release();
      }),
    ).then(() => {
      isHeld.value = false;
    });
    await waitFor(() => expect(pids).toHaveLength(reading.maxConnections));
    return {
      isHeld,
      end: async () => {
        await withClient(urlOf(gateway.database) as string, (client) =>
          // Again and again, because a session that is about to sleep does not notice; only those that sleep, because the
          // others answer the public again.
          waitFor(async () => {
            await client.query(
              `select pg_cancel_backend(pid) from pg_stat_activity
               where pid = any ($1) and state = 'active' and query = 'select pg_sleep(300)'`,
              [pids],
            );
            expect(isHeld.value).toBe(false);
          }),
        );
        await sleeping;
      },
    };
  };

  it.skipIf(!isServer)(
    'answers while every connection for the public is busy and others wait (G-MON-16)',
    async () => {
      const { isHeld, end } = await saturate();
      try {
        const waiting = gateway.ask('{ platformStats { totalPlays } }');
        await waitFor(() => expect(gateway.reading.poolCounts().waiting).toBeGreaterThan(0));
        const seen = await monitor<{ pool: object; refreshes: object[]; viewFreshness: object[] }>(
          'pool { total idle active waiting utilization max } refreshes(limit: 1) { generation trigger error } viewFreshness { view generation }',
        );
        expect(isHeld.value).toBe(true);
        expect(seen.pool).toEqual({ total: 4, idle: 0, active: 4, waiting: 1, utilization: 100, max: 4 });
        expect(seen.refreshes).toEqual([{ generation: 1, trigger: 'test', error: null }]);
        expect(seen.viewFreshness).toHaveLength(viewNames.length);
        const metrics = await (await fetch(`${gateway.url}/metrics/database`)).text();
        expect(metrics).toContain('db_pool_connections{state="active"} 4');
        expect(metrics).toContain('db_pool_connections{state="waiting"} 1');
        expect(isHeld.value).toBe(true);
        await end();
        expect((await waiting).errors).toEqual([]);
      } finally {
        await end();
      }
    },
  );

  it.skipIf(!isServer)(
    'warns of a pool that is used beyond the threshold: an event, a line, an alert (G-MON-03)',
    async () => {
      const warnings: unknown[] = [];
      gateway.events.on('poolWarning', (stats) => void warnings.push(stats));
      const { end } = await saturate();
      try {
        await waitFor(() => expect(warnings.length).toBeGreaterThan(1));
      } finally {
        await end();
      }
      expect(warnings[0]).toMatchObject({ active: 4, max: 4, utilization: 100, threshold: 80 });
      const { alerts } = await monitor<{ alerts: { kind: string; count: number }[] }>(
        'alerts { kind subject message count }',
      );
      const ours = alerts.filter(({ kind }) => kind === 'POOL_WARNING');
      expect(ours).toMatchObject([
        { subject: 'pool', message: expect.stringMatching(/^4 of 4 connections are in use/) },
      ]);
      expect(ours[0]?.count).toBeGreaterThan(1);
      expect(gateway.lines.filter((line) => line.includes('"alert":"poolWarning"'))).toHaveLength(1);
    },
  );

  it.skipIf(!isServer)('tells of the pool when nothing is going on (G-MON-15)', async () => {
    await gateway.ask('{ platformStats { totalPlays } }');
    const { pool } = await monitor<{ pool: Record<string, number> }>(
      'pool { total idle active waiting utilization max }',
    );
    expect(pool).toMatchObject({ active: 0, waiting: 0, utilization: 0, max: 4 });
    expect(pool.total).toBeGreaterThan(0);
    expect(pool.idle).toBe(pool.total);
  });

  it.skipIf(name !== 'PostgreSQL 18')(
    'lets nobody wait for ever for a connection, and says of the query that it got none (G-MON-24)',
    async () => {
      const { end } = await saturate();
      try {
        const { errors } = await gateway.ask('{ platformStats { totalArtists } }');
        expect(errors[0]?.extensions.code).toBe('UNAVAILABLE');
      } finally {
        await end();
      }
      const { queryErrors } = await monitor<{ queryErrors: object[] }>('queryErrors { name code sqlState }');
      expect(queryErrors[0]).toEqual({ name: 'platformStats', code: 'NO_CONNECTION', sqlState: null });
    },
  );

  it.skipIf(!isServer)('tells Prometheus what it knows while its own connections wait, too', async () => {
    const readMetrics = async (path: string) => (await fetch(`${gateway.url}${path}`)).text();
    await expect.poll(() => readMetrics('/metrics')).toMatch(/^db_sample_age_seconds \d/m);
    const client = await holdSession(gateway.database);
    try {
      await client.query('begin');
      await client.query('lock table analytics.refresh_ledger in access exclusive mode');
      let answered = 0;
      const waiting = [1, 2, 3].map((limit) =>
        gateway
          .ask(`{ monitoring { refreshes(limit: ${limit}) { trigger } } }`, {}, 'operator')
          .finally(() => {
            answered += 1;
          }),
      );
      for (const path of ['/metrics', '/metrics/database']) {
        const metrics = await readMetrics(path);
        expect(metrics).toMatch(/^db_sample_age_seconds \d/m);
        expect(metrics).toMatch(/^db_cache_hit_ratio \d/m);
      }
      expect(answered).toBe(0);
      await client.query('rollback');
      await Promise.all(waiting);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it.skipIf(!isServer)('answers while a view is locked', async () => {
    const client = await holdSession(gateway.database);
    try {
      await client.query('begin');
      await client.query('lock table mv_platform_stats in access exclusive mode').catch(async () => {
        // PostgreSQL locks no materialized view by LOCK TABLE; a change of its definition does.
        await client.query('rollback');
        await client.query('begin');
        await client.query('alter materialized view mv_platform_stats rename column total_artists to other');
      });
      const seen = await monitor<{ viewFreshness: object[] }>(
        'viewFreshness { view stale } refreshes(limit: 1) { generation } cache { hits misses } queryStats { totalQueries }',
      );
      expect(seen.viewFreshness).toHaveLength(viewNames.length);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
