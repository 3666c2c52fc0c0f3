import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewNames } from '../../../src/catalogue/index.js';
import { startSampler } from '../../../src/monitoring/prometheus/sampler.js';
import { openFresh } from '../../support/databases.js';
import { alice, bob, loadFixture } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { findProgram } from '../../support/programs.js';
import { waitFor } from '../../support/wait.js';
import { startPrometheus } from './prometheus-process.js';

const promtool = findProgram('promtool');
const prometheus = findProgram('prometheus');
const ops = new URL('../../../ops/', import.meta.url);
let gateway: Gateway;
beforeAll(async () => {
  const database = await openFresh();
  // A copy has the rows, and not what the server has counted of them.
  await loadFixture(database);
  await database.query('select analytics.record_verification(now(), null, analytics.verify())');
  gateway = await startGateway(database);
  await gateway.ask(`{ artist(address: "${alice}") { name totalPlays } }`);
  await gateway.ask(`{ artist(address: "${alice}") { name totalPlays } }`);
  await waitFor(async () => expect(await scrape('/metrics/database')).toContain('db_up 1'));
});
afterAll(() => gateway?.close());

async function scrape(path: '/metrics' | '/metrics/database' = '/metrics'): Promise<string> {
  const response = await fetch(`${gateway.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return response.text();
}

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function samplesOf(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

async function readValues(name: string): Promise<Sample[]> {
  return samplesOf(await scrape()).filter((sample) => sample.name === name);
}

async function readValue(name: string, labels: object = {}): Promise<number | undefined> {
  const found = (await readValues(name)).find((sample) =>
    Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
  );
  return found?.value;
}

async function monitor<Data>(fields: string): Promise<Data> {
  const { data, errors } = await gateway.ask(`{ monitoring { ${fields} } }`, {}, 'operator');
  expect(errors).toEqual([]);
  return (data as { monitoring: Data }).monitoring;
}

describe('The metrics for Prometheus', () => {
  it('have the names, types and labels that were promised, at /metrics/database and at /metrics (G-MON-11)', async () => {
    const database = await scrape('/metrics/database');
    const all = await scrape();
    const promised: Readonly<
      Record<string, readonly [type: string, label?: string, values?: readonly string[]]>
    > = {
      db_query_duration_seconds: ['summary', 'quantile', ['0.5', '0.95', '0.99']],
      db_query_total: ['counter'],
      db_query_errors_total: ['counter'],
      db_slow_queries_total: ['counter'],
      db_pool_connections: ['gauge', 'state', ['total', 'idle', 'active', 'waiting']],
      db_cache_hit_ratio: ['gauge'],
      db_matview_last_refresh_timestamp_seconds: ['gauge', 'view', viewNames],
      db_matview_refresh_duration_seconds: ['gauge', 'view', viewNames],
      db_matview_refresh_failures_total: ['counter', 'view', viewNames],
      gateway_cache_requests_total: ['counter', 'result', ['hit', 'miss', 'revalidated', 'stale']],
      gateway_rejected_total: ['counter', 'reason'],
      gateway_webhook_deliveries_total: ['counter', 'result', ['delivered', 'retried', 'failed', 'dropped']],
      db_verification_last_run_timestamp_seconds: ['gauge'],
      db_verification_completed: ['gauge'],
      db_verification_differences: ['gauge', 'view', [...viewNames, 'series', 'statements', 'charts']],
      db_verification_bypasses: ['gauge'],
      db_verification_failures_total: ['counter'],
      gateway_request_duration_seconds: ['histogram'],
      process_cpu_seconds_total: ['counter'],
      nodejs_eventloop_lag_p99_seconds: ['gauge'],
    };
    for (const [name, [type, label, values]] of Object.entries(promised)) {
      for (const text of name.startsWith('db_') ? [all, database] : [all]) {
        expect(text).toContain(`# TYPE ${name} ${type}\n`);
        const samples = samplesOf(text).filter((sample) => sample.name === name);
        if (values) expect(samples.map(({ labels }) => labels[label as string])).toEqual(values);
      }
    }
    expect(database).not.toMatch(/gateway_|nodejs_|process_/);
    // Both of one answer, as the gateway goes on asking between two.
    const [counted, total] = ['db_query_duration_seconds_count', 'db_query_total'].map(
      (metric) => samplesOf(all).find(({ name }) => name === metric)?.value,
    );
    expect(counted).toBeGreaterThan(0);
    expect(counted).toBe(total);
    expect(await readValue('db_query_duration_seconds_sum')).toBeGreaterThan(0);
    const ratio = (await readValue('db_cache_hit_ratio')) as number;
    expect(ratio).toBeGreaterThan(0);
    expect(ratio).toBeLessThanOrEqual(1);
    expect(await readValue('db_matview_last_refresh_timestamp_seconds', { view: 'mv_genre_stats' })).toBe(
      Date.parse('2026-03-01T12:00:00.123Z') / 1000,
    );
  });

  it.skipIf(!promtool)('pass what promtool checks', async () => {
    for (const path of ['/metrics', '/metrics/database'] as const) {
      const checked = spawnSync(promtool as string, ['check', 'metrics'], { input: await scrape(path) });
      expect([checked.stdout.toString(), checked.stderr.toString(), checked.status]).toEqual(['', '', 0]);
    }
  });

  it('are open to everybody who reaches the gateway, and hold no address, no text of a query and few series', async () => {
    await gateway.ask(`{ listener(address: "0xdeadbeef") { totalPlays } }`);
    await fetch(`${gateway.url}/0xdeadbeef/some/path`);
    const text = await scrape();
    expect(text).not.toMatch(/0x|select|platformStats|some\/path/i);
    const own = samplesOf(text).filter(({ name }) => /^(db|gateway)_/.test(name));
    const labels = new Set(own.flatMap((sample) => Object.keys(sample.labels)));
    expect([...labels].sort()).toEqual(
      ['le', 'quantile', 'reason', 'relation', 'result', 'route', 'state', 'status', 'view'].sort(),
    );
    expect(own.length).toBeLessThan(250);
  });

  it('tell of capacity: sizes, indexes, rows and connections (G-MON-22)', async () => {
    expect(await readValue('db_size_bytes')).toBeGreaterThan(1_000_000);
    expect(await readValue('db_connections')).toBeGreaterThan(0);
    expect(await readValue('db_connections_max')).toBeGreaterThan(0);
    for (const metric of ['db_relation_size_bytes', 'db_relation_index_bytes', 'db_relation_dead_rows'])
      expect((await readValues(metric)).map(({ labels }) => labels.relation).sort()).toEqual(
        ['artists', 'songs', 'plays', ...viewNames].sort(),
      );
    expect(await readValue('db_relation_size_bytes', { relation: 'plays' })).toBeGreaterThan(8_000);
  });

  it('count answers from the cache and what was executed (G-MON-18)', async () => {
    const document = '{ genres { genre totalPlays popularityRank } }';
    const count = async (result: string) => readValue('gateway_cache_requests_total', { result });
    const [hits, misses] = [await count('hit'), await count('miss')] as [number, number];
    for (let asked = 0; asked < 4; asked++) await gateway.ask(document);
    expect([await count('hit'), await count('miss')]).toEqual([hits + 3, misses + 1]);
    const { cache } = await monitor<{ cache: Record<string, number> }>(
      'cache { hits misses hitRatio entries bytes }',
    );
    expect(cache).toMatchObject({ hits: hits + 3, misses: misses + 1 });
    expect(cache.hitRatio).toBeCloseTo((hits + 3) / (hits + misses + 4), 10);
    expect(cache.entries).toBeGreaterThan(0);
    expect(cache.bytes).toBeGreaterThan(0);
  });

  it('time every answer, those from memory too, and count refusals by their reason', async () => {
    const answered = async (status: string) =>
      (await readValue('gateway_request_duration_seconds_count', { route: '/graphql', status })) ?? 0;
    const rejected = async (reason: string) => readValue('gateway_rejected_total', { reason });
    const before = [await answered('2xx'), await answered('4xx')] as [number, number];
    const refused = [await rejected('unauthenticated'), await rejected('bad_user_input')] as [number, number];
    for (let asked = 0; asked < 3; asked++) await gateway.ask('{ platformStats { totalPlays } }');
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { authorization: 'Bearer wrong', 'content-type': 'application/json' },
      body: '{"query":"{ platformStats { totalPlays } }"}',
    });
    expect((await gateway.ask('{ nothing }')).status).toBe(400);
    expect([await answered('2xx'), await answered('4xx')]).toEqual([before[0] + 3, before[1] + 2]);
    expect([await rejected('unauthenticated'), await rejected('bad_user_input')]).toEqual([
      refused[0] + 1,
      refused[1] + 1,
    ]);
    // What everybody may ask is answered elsewhere, and refused there.
    for (const asker of ['public', bob] as const)
      expect((await gateway.ask('{ songs(first: -1) { nodes { title } } }', {}, asker)).status).toBe(200);
    expect(await rejected('bad_user_input')).toBe(refused[1] + 3);
    const forbidden = (await rejected('forbidden')) as number;
    await gateway.ask(`{ listener(address: "${alice}") { totalPlays } }`, {}, bob);
    expect(await rejected('forbidden')).toBe(forbidden + 1);
  });

  it('count failed refreshes of all gateways, from the ledger (G-MON-17)', async () => {
    const { database } = gateway;
    const sampler = startSampler({
      reader: database.reader,
      elapsedMs: () => performance.now(),
      onFailure: () => {},
      pauseMs: 20,
    });
    await waitFor(() => expect(sampler.current()?.refreshFailures).toBe(0));
    await database.query(`select analytics.record_refresh_failure('sql', now(), 'made to fail')`);
    await waitFor(() => expect(sampler.current()?.refreshFailures).toBe(1));
    await sampler.stop();
    const { refreshes } = await monitor<{ refreshes: Record<string, unknown>[] }>(
      'refreshes(limit: 2) { trigger generation kind reason asOf durationMs rowsChanged error views { view rowsChanged durationMs } }',
    );
    expect(refreshes[0]).toMatchObject({
      trigger: 'sql',
      error: 'made to fail',
      ...{ generation: null, asOf: null, rowsChanged: null, views: [] },
    });
    expect(refreshes[1]).toMatchObject({
      trigger: 'test',
      generation: 1,
      kind: 'REBUILD',
      reason: expect.any(String),
      asOf: '2026-03-01T12:00:00.123456Z',
      durationMs: expect.any(Number),
      error: null,
    });
    const perView = refreshes[1]?.views as { view: string; rowsChanged: number; durationMs: number }[];
    expect(perView.map(({ view }) => view.toLowerCase())).toEqual(viewNames);
    expect(refreshes[1]?.rowsChanged).toBe(perView.reduce((sum, { rowsChanged }) => sum + rowsChanged, 0));
  });
});

describe('The alert rules and the dashboard', () => {
  it.skipIf(!promtool)('are rules that promtool accepts, and that raise what they should (G-MON-21)', () => {
    for (const words of [
      ['check', 'config', 'prometheus.yml'],
      ['check', 'rules', 'alerts.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = spawnSync(promtool as string, words, {
        cwd: new URL('prometheus/', ops),
      });
      expect(status, `${stdout}${stderr}`).toBe(0);
    }
  });

  it('use no metric that the gateway does not have', async () => {
    const text = await scrape();
    // Some have no values here, such as those of read replicas.
    const declared = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    const names = new Set([...declared, ...samplesOf(text).map(({ name }) => name)]);
    const expressions = [...listExpressions(), readFileSync(new URL('prometheus/alerts.yml', ops), 'utf8')];
    const asked = expressions.flatMap((expression) =>
      [...expression.matchAll(/\b(?:db|gateway|nodejs|process)_\w+/g)].map(([name]) => name),
    );
    expect(asked.length).toBeGreaterThan(40);
    expect([...new Set(asked)].filter((name) => !names.has(name))).toEqual([]);
  });

  it.skipIf(!prometheus)(
    'give values in every panel of a Prometheus that scrapes the gateway (G-MON-20)',
    async () => {
      const server = await startPrometheus(prometheus as string, gateway.url);
      try {
        // Rates need two scrapes with something in between.
        const ask = () => gateway.ask('{ platformStats { totalPlays totalSongs } }');
        await waitFor(async () => {
          await ask();
          for (const expression of listExpressions())
            expect(await server.query(expression), expression).not.toEqual([]);
        });
        const one = async (expression: string) => Number((await server.query(expression))[0]?.value[1]);
        expect(
          await one('db_pool_connections{state="total"} - ignoring(state) db_pool_connections{state="idle"}'),
        ).toBeGreaterThanOrEqual(0);
        expect(
          await server.query('db_pool_connections{state="total"} - db_pool_connections{state="idle"}'),
        ).toEqual([]);
        expect(await one('db_query_duration_seconds{quantile="0.95"}')).toBeGreaterThan(0);
        expect(await one('db_query_duration_seconds{quantile="0.99"}')).toBeGreaterThan(0);
        expect(await one('db_cache_hit_ratio')).toBeGreaterThan(0);
      } finally {
        await server.stop();
      }
    },
  );
});

/** The expressions of all panels, with what Grafana would put in for its variables. */
function listExpressions(): string[] {
  const { panels } = JSON.parse(readFileSync(new URL('grafana/dashboard.json', ops), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  return panels
    .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    .map((expr) => expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '10s'));
}
