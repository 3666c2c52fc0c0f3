/**
 * Half an hour of requests of which hardly two are alike, to see whether anything that is kept grows without end.
 *
 *   npm run bench -- soak [--minutes 30] [--rate 120] [--plays 500000] [--database URL] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { parseArgs } from 'node:util';
import { createSigner } from '../test/auth/signing-keys.js';
import { peers, type RunningPeer, startPeer } from './peers/peer.js';
import { addPlays, type Size } from './refresh/load.js';
import { createMix, type SoakRequest } from './soak/mix.js';
import { build } from './support/build.js';
import { type BenchDatabase, connectTo, startDatabase } from './support/database.js';
import { cpuMsOf, residentMbOf } from './support/processes.js';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    /** Requests a second. */
    rate: { type: 'string', default: '120' },
    plays: { type: 'string', default: '500000' },
    database: { type: 'string' },
    out: { type: 'string' },
  },
});
const minutes = Number(options.minutes);
const rate = Number(options.rate);
/** What is bounded has filled by then. */
const warmUpShare = 1 / 3;
const sampleMs = 10_000;
const operatorSecret = 'the-secret-of-an-operator-in-a-soak';
const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const started = Date.now();
const say = (text: string) => console.error(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);

interface Sample {
  readonly minute: number;
  readonly residentMb: number;
  /** Of JavaScript's heap, used; it swings between collections. */
  readonly heapMb: number;
  /** What is kept outside of it for JavaScript: bytes of answers, of requests, of rows. */
  readonly externalMb: number;
  /** What the heap has taken from the system. */
  readonly heapTotalMb: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const counts: Record<string, number> = {};
const unexpected: Record<string, number> = {};

/** Settles with the status; 0 where the client left or the connection broke. */
function send(
  url: string,
  { method = 'POST', path = '/graphql', headers, body, leavesAfterMs }: SoakRequest,
) {
  return new Promise<number>((resolve) => {
    const request = httpRequest(
      `${url}${path}`,
      { method, agent, headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers } },
      (response) => {
        response.resume().once('close', () => resolve(response.statusCode ?? 0));
      },
    );
    request.once('error', () => resolve(0));
    request.end(body);
    if (leavesAfterMs !== undefined) setTimeout(() => request.destroy(), leavesAfterMs);
  });
}

async function sampleOf(gateway: RunningPeer): Promise<Sample> {
  const response = await fetch(`${gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${operatorSecret}` },
  });
  const text = await response.text();
  const mbOf = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / 1e6;
  return {
    minute: (Date.now() - started) / 60_000,
    residentMb: residentMbOf(gateway.pid),
    heapMb: mbOf('nodejs_heap_size_used_bytes'),
    externalMb: mbOf('nodejs_external_memory_bytes'),
    heapTotalMb: mbOf('nodejs_heap_size_total_bytes'),
  };
}

/** The slope of the line that fits best, in MB a minute. */
function slopeOf(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [middle, level] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(value))];
  const rise = samples.reduce((sum, sample) => sum + (sample.minute - middle) * (value(sample) - level), 0);
  return rise / samples.reduce((sum, { minute }) => sum + (minute - middle) ** 2, 0);
}

let database: BenchDatabase | undefined;
let gateway: RunningPeer | undefined;
const signer = await createSigner();
let stopping: Promise<void> | undefined;
const timers: NodeJS.Timeout[] = [];

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const timer of timers) clearInterval(timer);
    agent.destroy();
    await gateway?.stop();
    await database?.stop();
    signer.remove();
  })();
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));

try {
  build();
  database = options.database ? await connectTo(options.database) : await startDatabase(size, say);
  const { client } = database;
  const { rows } = await client.query<{ genre: string }>('select genre from mv_genre_stats');
  const peer = peers.find(({ name }) => name === 'gateway')!;
  gateway = await startPeer(peer, {
    DATABASE_URL: database.url,
    OPERATOR_KEYS: `soak:${operatorSecret}`,
    JWT_ISSUER: signer.jwt.issuer,
    JWT_AUDIENCE: signer.jwt.audience,
    JWT_JWKS_FILE: signer.jwt.jwksFile ?? '',
    REFRESH_SCHEDULE: '*/20 * * * * *',
  });
  const own = gateway;
  timers.push(setInterval(() => void addPlays({ client }, size, 20).catch(() => {}), 1_000));

  const next = createMix({ signer, operatorSecret, genres: rows.map(({ genre }) => genre) });
  const cpuBefore = cpuMsOf(own.pid);
  const startedAt = Date.now();
  let sent = 0;
  timers.push(
    setInterval(async () => {
      const due = ((Date.now() - startedAt) / 1000) * rate;
      for (; sent < due; sent++) {
        const request = await next();
        void send(own.url, request).then((status) => {
          counts[request.kind] = (counts[request.kind] ?? 0) + 1;
          if (request.statuses.includes(status)) return;
          const what = `${request.kind}: ${status}`;
          unexpected[what] = (unexpected[what] ?? 0) + 1;
        });
      }
    }, 50),
  );

  const samples: Sample[] = [];
  while (Date.now() - startedAt < minutes * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, sampleMs));
    const sample = await sampleOf(own);
    samples.push(sample);
    if (samples.length % 6 === 0)
      say(`${sent} requests, resident ${sample.residentMb.toFixed(0)} MB, heap ${sample.heapMb.toFixed(0)} of ${sample.heapTotalMb.toFixed(0)} MB, outside ${sample.externalMb.toFixed(0)} MB, unexpected ${JSON.stringify(unexpected)}`); // biome-ignore format: one line reads better
  }
  const measured = samples.slice(Math.floor(samples.length * warmUpShare));
  const result = {
    conditions: { ...options, database: undefined, node: process.version, refreshEverySeconds: 20 },
    requests: sent,
    counts,
    unexpected,
    cpuUsPerRequest: ((cpuMsOf(own.pid) - cpuBefore) * 1000) / sent,
    afterWarmUp: {
      minutes: measured.length / 6,
      residentMbAMinute: slopeOf(measured, ({ residentMb }) => residentMb),
      heapMbAMinute: slopeOf(measured, ({ heapMb }) => heapMb),
      heapTotalMbAMinute: slopeOf(measured, ({ heapTotalMb }) => heapTotalMb),
      externalMbAMinute: slopeOf(measured, ({ externalMb }) => externalMb),
      residentMb: [measured[0]!.residentMb, measured.at(-1)!.residentMb],
    },
    residentMbByMinute: samples
      .filter((_, index) => index % 6 === 5)
      .map(({ residentMb }) => Math.round(residentMb)),
    heapMbByMinute: samples.filter((_, index) => index % 6 === 5).map(({ heapMb }) => Math.round(heapMb)),
  };
  console.log(JSON.stringify(result, null, 2));
  if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await stopAll();
}
