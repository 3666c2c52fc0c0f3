/**
 * One process and two workers on the same cores as the load: answers a second from the cache, 304s, and answers that are executed each
 * time, with the time on a processor for each, of the gateway and of PostgreSQL.
 *
 *   npm run bench -- workers [--plays 200000] [--rounds 3] [--seconds 5] [--workers 2] [--connections 64] [--database URL]
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { TrendingSongsDocument } from '../src/client/operations.js';
import { peers, type RunningPeer, startPeer } from './peers/peer.js';
import type { Size } from './refresh/load.js';
import { build } from './support/build.js';
import { connectTo, startDatabase } from './support/database.js';
import { median } from './support/median.js';
import { cpuMsOf, cpuMsOfChildren } from './support/processes.js';
import { runWrk } from './support/wrk.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    connections: { type: 'string', default: '64' },
    database: { type: 'string' },
  },
});
const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const say = (text: string) => console.error(text);
const target = `/q/${TrendingSongsDocument.hash}`;
const modes = ['cached', '304', 'uncached'] as const;
type Mode = (typeof modes)[number];

interface Result {
  readonly perSecond: number;
  readonly gatewayUs: number;
  readonly databaseUs: number;
}

const wrk = { connections: Number(options.connections), seconds: Number(options.seconds) };

async function measure({ url, pid }: RunningPeer, mode: Mode, serverPid: number): Promise<Result> {
  const own = cpuMsOf(pid);
  const [workers, backends] = [cpuMsOfChildren(pid), cpuMsOfChildren(serverPid)];
  const { count, perSecond } = await runWrk(url + target, {
    ...wrk,
    isRevalidating: mode === '304',
    isVarying: mode === 'uncached',
  });
  const gatewayMs = cpuMsOf(pid) - own + cpuMsOfChildren(pid) - workers;
  const databaseMs = cpuMsOfChildren(serverPid) - backends;
  return { perSecond, gatewayUs: (gatewayMs * 1000) / count, databaseUs: (databaseMs * 1000) / count };
}

if (spawnSync('wrk', ['-v']).error) throw new Error('Expected wrk to be installed, and it is not.');
build();
const database = options.database ? await connectTo(options.database) : await startDatabase(size, say);
const stops: (() => Promise<unknown>)[] = [() => database.stop()];
try {
  const start = async (workers: string, cache: 'gateway' | 'gateway-uncached') => {
    const peer = peers.find(({ name }) => name === cache);
    if (!peer) throw new Error(`Expected the peer ${cache}.`);
    const running = await startPeer(peer, {
      DATABASE_URL: database.url,
      REFRESH_SCHEDULE: 'off',
      WORKERS: workers,
    });
    stops.unshift(running.stop);
    return running;
  };
  const sides = [];
  for (const workers of ['1', options.workers])
    sides.push({
      workers,
      kept: await start(workers, 'gateway'),
      executed: await start(workers, 'gateway-uncached'),
      results: { cached: [] as Result[], 304: [] as Result[], uncached: [] as Result[] },
    });
  for (let round = 0; round < Number(options.rounds); round++)
    for (const mode of modes)
      for (const side of sides) {
        const peer = mode === 'uncached' ? side.executed : side.kept;
        side.results[mode].push(await measure(peer, mode, database.serverPid));
        say(`round ${round + 1}, ${mode}, WORKERS=${side.workers}`);
      }
  const [one] = sides;
  console.log(
    '| mode | WORKERS | answers a second | to one process | µs of processor of the gateway for each | of PostgreSQL |',
  );
  console.log('| --- | --: | --: | --: | --: | --: |');
  for (const mode of modes)
    for (const { workers, results } of sides) {
      const of = (name: keyof Result) => median(results[mode].map((result) => result[name]));
      const ratio = median(
        results[mode].map(({ perSecond }, round) => perSecond / (one?.results[mode][round]?.perSecond ?? 0)),
      );
      console.log(
        `| ${mode} | ${workers} | ${Math.round(of('perSecond'))} | ${ratio.toFixed(2)} | ${of('gatewayUs').toFixed(1)} | ${of('databaseUs').toFixed(1)} |`,
      );
    }
} finally {
  for (const stop of stops) await stop();
}
