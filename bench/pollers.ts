/**
 * Thousands of pollers on one gateway while plays are written and the views are refreshed again and again.
 *
 *   npm run bench -- pollers [--plays 5000000] [--pollers 2000] [--every-ms 5000] [--seconds 120]
 *     [--schedule CRON] [--writes 200] [--database URL] [--out FILE]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { peers, type RunningPeer, startPeer } from './peers/peer.js';
import { askTile } from './pollers/ask-tile.js';
import { dashboard } from './pollers/dashboard.js';
import { readsBetween, readsOfViews, total } from './pollers/statements.js';
import { addPlays, type Size } from './refresh/load.js';
import { build } from './support/build.js';
import { type BenchDatabase, connectTo, startDatabase } from './support/database.js';
import { cpuMsOf, residentMbOf } from './support/processes.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '5000000' },
    pollers: { type: 'string', default: '2000' },
    'every-ms': { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '120' },
    /** When the gateway refreshes: a cron expression with seconds. */
    schedule: { type: 'string', default: '*/15 * * * * *' },
    /** Plays that are written in a second. */
    writes: { type: 'string', default: '200' },
    database: { type: 'string' },
    out: { type: 'string' },
  },
});
const started = Date.now();
const say = (text: string) => console.error(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);
const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const reportMs = 10_000;

/** What the pollers saw since they last said so. */
interface Seen {
  readonly latencies: readonly number[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** Polls that were left out because the one before was not answered yet. */
  readonly late: number;
}

let database: BenchDatabase | undefined;
let gateway: RunningPeer | undefined;
let clients: ChildProcess | undefined;
let writing: NodeJS.Timeout | undefined;
let stopping: Promise<void> | undefined;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    clearInterval(writing);
    clients?.kill();
    await gateway?.stop();
    await database?.stop();
  })();
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));

/** Writes so many plays a second, in small portions, as they would come. */
function startWriting({ client }: BenchDatabase, perSecond: number): void {
  if (perSecond === 0) return;
  let busy = false;
  writing = setInterval(async () => {
    if (busy) return;
    busy = true;
    await addPlays({ client }, size, Math.ceil(perSecond / 4)).catch((error) => {
      if (!stopping) say(`a write failed: ${error}`);
    });
    busy = false;
  }, 250);
}

async function generationOf({ client }: BenchDatabase): Promise<number> {
  const { rows } = await client.query<{ generation: string }>('select generation from analytics.engine');
  return Number(rows[0]?.generation);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function figuresOf(seen: readonly Seen[]) {
  const sorted = seen.flatMap((each) => each.latencies).sort((a, b) => a - b);
  const statuses = summed(seen.map((each) => each.statuses));
  const answers = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return {
    answers,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? Number.NaN,
    statuses,
    shareOf304: (statuses['304'] ?? 0) / Math.max(1, answers),
    errors: summed(seen.map((each) => each.errors)),
    late: seen.reduce((sum, each) => sum + each.late, 0),
  };
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of counts)
    for (const [name, count] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

try {
  build();
  database = options.database ? await connectTo(options.database) : await startDatabase(size, say);
  const { rows } = await database.client.query<{ address: string }>(
    'select artist_address as address from mv_artist_analytics order by total_plays desc, artist_address limit 2',
  );
  const peer = peers.find(({ name }) => name === 'gateway')!;
  gateway = await startPeer(peer, { DATABASE_URL: database.url, REFRESH_SCHEDULE: options.schedule });
  const own = gateway;
  startWriting(database, Number(options.writes));

  const tiles = dashboard(rows.map((row) => row.address));
  for (const tile of tiles) await askTile(own.url, tile);
  await database.client.query('select pg_stat_statements_reset()');
  const before = {
    reads: await readsOfViews(database.client),
    generation: await generationOf(database),
    cpuMs: cpuMsOf(own.pid),
  };
  const seen: Seen[] = [];
  const memoryMb: number[] = [];
  clients = spawn(process.execPath, [path.join(import.meta.dirname, 'pollers', 'clients.js')], {
    env: {
      ...process.env,
      POLLERS: JSON.stringify({
        url: own.url,
        tiles,
        pollers: Number(options.pollers),
        everyMs: Number(options['every-ms']),
        reportMs,
      }),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  clients.on('message', (message) => {
    seen.push(message as Seen);
    memoryMb.push(Math.round(residentMbOf(own.pid)));
    const { answers, p50Ms, p99Ms, maxMs, statuses, errors, late } = figuresOf([message as Seen]);
    say(
      `${answers} answers ${JSON.stringify(statuses)}, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(0)} ms, ${late} left out, errors ${JSON.stringify(errors)}, gateway ${memoryMb.at(-1)} MB`,
    );
  });
  await new Promise((resolve) => setTimeout(resolve, Number(options.seconds) * 1000 + 500));
  const statements = readsBetween(before.reads, await readsOfViews(database.client));
  const generations = (await generationOf(database)) - before.generation;
  const figures = figuresOf(seen);
  const result = {
    conditions: {
      ...options,
      plays: options.database ? 'as found' : size.plays,
      tiles: tiles.length,
      node: process.version,
    },
    generations,
    ...figures,
    statements,
    statementsPerGeneration: total(statements) / Math.max(1, generations),
    statementsPerAnswer: total(statements) / Math.max(1, figures.answers),
    gatewayCpuUsPerAnswer: ((cpuMsOf(own.pid) - before.cpuMs) * 1000) / Math.max(1, figures.answers),
    memoryMb,
  };
  console.log(JSON.stringify(result, null, 2));
  if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await stopAll();
}
