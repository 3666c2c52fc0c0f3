/**
 * A cached poll through Varnish and nginx, beside the gateway alone and `node:http` with a fixed answer: answers a second, and time on
 * a processor for each. Then 2,000 connections through Varnish while plays are written and the views are refreshed: how often
 * the gateway reads the database for a generation.
 *
 *   npm run bench -- edge [--plays 200000] [--rounds 3] [--seconds 5] [--database URL]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TrendingSongsDocument } from '../src/client/operations.js';
import { type Edge, startNginx, startVarnish } from '../test/edge/edge-server.js';
import { freePort } from '../test/support/postgres.js';
import { peers, startPeer } from './peers/peer.js';
import { readsBetween, readsOfViews, total } from './pollers/statements.js';
import { addPlays, type Size } from './refresh/load.js';
import { build } from './support/build.js';
import { connectTo, startDatabase } from './support/database.js';
import { median } from './support/median.js';
import { childrenOf, cpuMsOf, cpuMsOfChildren } from './support/processes.js';
import { runWrk } from './support/wrk.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    database: { type: 'string' },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const say = (text: string) => console.error(text);
/** So far away that an answer stays good until it is purged. */
const onceAYear = '0 0 1 1 *';

interface Server {
  readonly title: string;
  readonly url: string;
  /** The processes whose time counts: it, and its children. */
  readonly pid: number;
  readonly results: Record<'200' | '304', Result[]>;
}

interface Result {
  readonly perSecond: number;
  readonly cpuUs: number;
}

/** @throws Error when not all were of the status */
const fire = (url: string, connections: number, status: '200' | '304', lasting = seconds) =>
  runWrk(url, { connections, seconds: lasting, isRevalidating: status === '304' });

async function measure(server: Server, status: '200' | '304'): Promise<void> {
  const own = cpuMsOf(server.pid);
  const children = cpuMsOfChildren(server.pid);
  const { count, perSecond } = await fire(server.url, 64, status);
  const cpuMs = cpuMsOf(server.pid) - own + cpuMsOfChildren(server.pid) - children;
  server.results[status].push({ perSecond, cpuUs: (cpuMs * 1000) / count });
}

if (spawnSync('wrk', ['-v']).error) throw new Error('Expected wrk to be installed, and it is not.');
build();
const database = options.database ? await connectTo(options.database) : await startDatabase(size, say);
const folder = mkdtempSync(path.join(tmpdir(), 'edge-'));
const stops: (() => Promise<unknown>)[] = [() => database.stop()];
try {
  const [gatewayPort, varnishPort] = [await freePort(), await freePort()];
  const varnish: Edge = await startVarnish(gatewayPort, varnishPort);
  stops.unshift(varnish.stop);
  const nginx = await startNginx(gatewayPort);
  stops.unshift(nginx.stop);
  const gateway = await startPeer(peers.find(({ name }) => name === 'gateway')!, {
    DATABASE_URL: database.url,
    REFRESH_SCHEDULE: onceAYear,
    EDGE_PURGE_URLS: varnish.url,
    PORT: String(gatewayPort),
  });
  stops.unshift(gateway.stop);
  const target = `/q/${TrendingSongsDocument.hash}`;
  const bodies = path.join(folder, 'bodies.json');
  writeFileSync(bodies, JSON.stringify({ trending: await (await fetch(gateway.url + target)).text() }));
  const fixed = await startPeer(peers.find(({ name }) => name === 'fixed')!, { BODIES: bodies });
  stops.unshift(fixed.stop);

  const serverOf = (title: string, url: string, pid: number): Server => ({
    title,
    url,
    pid,
    results: { 200: [], 304: [] },
  });
  const servers = [
    serverOf('the gateway alone', gateway.url + target, gateway.pid),
    serverOf('through nginx', nginx.url + target, nginx.pid),
    serverOf('through Varnish', varnish.url + target, await workerOf(varnish.pid)),
    serverOf('node:http with a fixed answer', `${fixed.url}/trending`, fixed.pid),
  ];
  for (let round = 0; round < rounds; round++)
    for (const status of ['200', '304'] as const)
      for (const server of servers) {
        await measure(server, status);
        say(`round ${round + 1}, ${status}, ${server.title}`);
      }
  const first = servers[0] as Server;
  console.log(
    '| | answers a second | 304 a second | µs of processor for an answer | for a 304 | answers for each processor second over the gateway |',
  );
  console.log('| --- | --: | --: | --: | --: | --: |');
  for (const { title, results } of servers) {
    const [full, none] = [results['200'], results['304']];
    const cpu = (of: readonly Result[]) => median(of.map(({ cpuUs }) => cpuUs));
    const rate = (of: readonly Result[]) => Math.round(median(of.map(({ perSecond }) => perSecond)));
    console.log(
      `| ${title} | ${rate(full)} | ${rate(none)} | ${cpu(full).toFixed(1)} | ${cpu(none).toFixed(1)} | ${(cpu(first.results['200']) / cpu(full)).toFixed(2)}, 304: ${(cpu(first.results['304']) / cpu(none)).toFixed(2)} |`,
    );
  }

  const generationOf = async () =>
    Number((await database.client.query('select generation from analytics.engine')).rows[0].generation);
  const [reads, generation, gatewayCpu] = [
    await readsOfViews(database.client),
    await generationOf(),
    cpuMsOf(gateway.pid),
  ];
  const loading = fire(varnish.url + target, 2_000, '200', 6 * seconds).catch(() => null);
  for (let n = 0; n < 5; n++) {
    await addPlays(database, size, 200);
    await database.client.query('select refresh_all_materialized_views()');
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
  await loading;
  const generations = (await generationOf()) - generation;
  const read = total(readsBetween(reads, await readsOfViews(database.client)));
  console.log(
    `2,000 connections through Varnish, ${generations} refreshes meanwhile: ${(read / generations).toFixed(1)} statements of the gateway for each generation, ${cpuMsOf(gateway.pid) - gatewayCpu} ms of its processor time`,
  );
} finally {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Varnish works in a child of the process that was started. */
async function workerOf(pid: number): Promise<number> {
  for (;;) {
    const [worker] = childrenOf(pid);
    if (worker !== undefined) return worker;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
