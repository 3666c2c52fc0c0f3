import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GenresDocument, ListenerDocument, PlatformStatsDocument } from '../../src/client/operations.js';
import { openFresh } from '../support/databases.js';
import { alice } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { freePort } from '../support/postgres.js';
import { findProgram } from '../support/programs.js';
import { type Edge, startNginx, startVarnish } from './edge-server.js';

const hasVarnish = findProgram('varnishd', '-V') !== null;
const hasNginx = findProgram('nginx', '-v') !== null;
if (!hasVarnish) console.warn('varnishd is not installed: what is behind it is not tested');
if (!hasNginx) console.warn('nginx is not installed: what is behind it is not tested');

const stats = `/q/${PlatformStatsDocument.hash}`;
const genres = `/q/${GenresDocument.hash}`;
/** So far away that only a purge can bring a newer answer. */
const onceAYear = '0 0 1 1 *';

interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<Seen> {
  const response = await fetch(url, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const playsIn = ({ text }: Seen) =>
  (JSON.parse(text) as { data: { platformStats: { totalPlays: number } } }).data.platformStats.totalPlays;

async function addPlay({ database }: Gateway): Promise<void> {
  await database.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
     select song_id, '0x9', now(), 60, 0.5 from songs order by song_id limit 1`,
  );
}

const refresh = (gateway: Gateway) =>
  gateway.read('mutation { refreshViews { generation } }', {}, 'operator');

/** What both do alike. */
function describeEdge(edge: () => Edge, gateway: () => Gateway): void {
  it('keeps an answer for everybody, and gives it with the tag of the gateway', async () => {
    const direct = await ask(gateway().url + genres, { 'accept-encoding': 'identity' });
    await ask(edge().url + genres);
    const kept = await ask(edge().url + genres, { 'accept-encoding': 'identity' });
    expect(kept.headers.get('x-edge-cache')).toMatch(/^hit$/i);
    expect(kept.text).toBe(direct.text);
    expect(kept.headers.get('etag')?.replace('W/', '')).toBe(direct.headers.get('etag'));
    const again = await ask(edge().url + genres, {
      'if-none-match': kept.headers.get('etag') as string,
      'accept-encoding': 'identity',
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('keeps the keys of an answer to itself', async () => {
    const { headers } = await ask(edge().url + genres);
    expect([headers.get('surrogate-key'), headers.get('cache-tag')]).toEqual([null, null]);
  });

  it('asks the gateway once for all who ask at the same time', async () => {
    const target = `${edge().url}${stats}?variables=${encodeURIComponent('{"once":1}')}`;
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(target)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => /^hit$/i.test(headers.get('x-edge-cache') ?? ''))).toHaveLength(
      49,
    );
  });

  it('leaves credentials to the gateway, which refuses them', async () => {
    await ask(edge().url + genres);
    const answer = await ask(edge().url + genres, { authorization: 'Bearer wrong' });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([400, 'no-store']);
    expect((await ask(edge().url + genres)).status).toBe(200);
  });

  it('keeps no refusal, nothing that is private and nothing of /graphql', async () => {
    const address = encodeURIComponent(JSON.stringify({ address: alice }));
    const targets = [`/q/${'0'.repeat(64)}`, `/q/${ListenerDocument.hash}?variables=${address}`, '/healthz'];
    for (const target of targets)
      for (let n = 0; n < 2; n++) {
        const { headers } = await ask(edge().url + target);
        expect(headers.get('cache-control'), target).toBe('no-store');
        expect(headers.get('x-edge-cache') ?? 'miss', target).toMatch(/^miss$/i);
      }
    const response = await fetch(`${edge().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ platformStats { totalPlays } }' }),
    });
    expect([response.status, response.headers.get('x-cache')]).toEqual([
      200,
      expect.stringMatching(/miss|hit/),
    ]);
  });
}

describe.skipIf(!hasVarnish)('Varnish in front of a gateway', () => {
  let gateway: Gateway;
  let edge: Edge;
  beforeAll(async () => {
    const [gatewayPort, edgePort] = [await freePort(), await freePort()];
    edge = await startVarnish(gatewayPort, edgePort);
    gateway = await startGateway(await openFresh('fixture'), {
      PORT: String(gatewayPort),
      REFRESH_SCHEDULE: onceAYear,
      EDGE_PURGE_URLS: edge.url,
    });
    // The edge has to find out first that the gateway is there.
    await vi.waitFor(async () => expect((await ask(edge.url + genres)).status).toBe(200), {
      timeout: 60_000,
      interval: 100,
    });
  });
  afterAll(async () => {
    await gateway?.close();
    await edge?.stop();
  });

  describeEdge(
    () => edge,
    () => gateway,
  );

  it('has the new numbers after a refresh, although its answer would have been good for months', async () => {
    const before = await ask(edge.url + stats);
    expect(Number(/max-age=(\d+)/.exec(before.headers.get('cache-control') ?? '')?.[1])).toBeGreaterThan(60);
    for (let n = 1; n <= 3; n++) {
      await addPlay(gateway);
      await refresh(gateway);
      await expect
        .poll(async () => playsIn(await ask(edge.url + stats)), { timeout: 60_000 })
        .toBe(playsIn(before) + n);
    }
    const { text } = await ask(`${gateway.url}/metrics`);
    expect(text).toMatch(/^gateway_edge_purges_total\{result="done"\} [1-9]/m);
  });

  it('takes purges from the gateways alone', async () => {
    const target = edge.url + stats;
    await ask(target);
    const response = await fetch(edge.url, { method: 'PURGE' });
    expect(response.status).toBe(400);
    expect((await ask(target)).headers.get('x-edge-cache')).toBe('hit');
  });
});

describe.skipIf(!hasNginx)('nginx in front of a gateway', () => {
  let gateway: Gateway;
  let edge: Edge;
  beforeAll(async () => {
    const port = await freePort();
    gateway = await startGateway(await openFresh('fixture'), {
      PORT: String(port),
      REFRESH_SCHEDULE: onceAYear,
    });
    edge = await startNginx(port);
  });
  it('has clients ask each time, because it does not say how long it has kept an answer', async () => {
    for (const cache of ['MISS', 'HIT']) {
      const { headers } = await ask(`${edge.url}${stats}?variables=${encodeURIComponent('{"age":1}')}`);
      expect([headers.get('x-edge-cache'), headers.get('cache-control')]).toEqual([
        cache,
        'public, no-cache',
      ]);
    }
  });
  afterAll(async () => {
    await gateway?.close();
    await edge?.stop();
  });

  describeEdge(
    () => edge,
    () => gateway,
  );
});

it.skipIf(!hasNginx)('nginx tells the gateway who asks, whatever a client says of that', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const upstream = createServer(({ headers }, response) => {
    seen.push(headers);
    response.end('{}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const edge = await startNginx((upstream.address() as AddressInfo).port);
  for (const target of [stats, '/graphql'])
    await ask(edge.url + target, { 'x-forwarded-for': '203.0.113.7' });
  expect(seen.map((headers) => headers['x-forwarded-for'])).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(seen.map(({ host }) => host)).toEqual([new URL(edge.url).host, new URL(edge.url).host]);
  await edge.stop();
  upstream.closeAllConnections();
  upstream.close();
});

describe.each([
  ['Varnish', startVarnish, hasVarnish],
  ['nginx', startNginx, hasNginx],
] as const)('%s in front of a gateway that refreshes every second', (_name, startEdge, isThere) => {
  it.skipIf(!isThere)('shows each refresh, and the last answer when the gateway is gone', async () => {
    const port = await freePort();
    const gateway = await startGateway(await openFresh('fixture'), {
      PORT: String(port),
      REFRESH_SCHEDULE: '* * * * * *',
    });
    const edge = await startEdge(port);
    try {
      await expect.poll(async () => (await ask(edge.url + stats)).status, { timeout: 60_000 }).toBe(200);
      const before = playsIn(await ask(edge.url + stats));
      await addPlay(gateway);
      await expect
        .poll(async () => playsIn(await ask(edge.url + stats)), { timeout: 60_000 })
        .toBe(before + 1);
    } finally {
      await gateway.close();
    }
    await expect
      .poll(async () => (await ask(edge.url + stats)).headers.get('x-edge-cache'), { timeout: 60_000 })
      .toMatch(/^stale$/i);
    expect((await ask(edge.url + stats)).status).toBe(200);
    const missing = await ask(edge.url + genres);
    expect(missing.status).toBeGreaterThanOrEqual(502);
    await edge.stop();
  });
});
