/**
 * The embedded database refreshed every second while plays arrive, to see whether its files and the memory of the gateway
 * stay as large as they were.
 *
 *   npm run bench -- housekeeping [--refreshes 2000] [--out FILE]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../test/support/postgres.js';
import { startWords } from '../test/support/start-words.js';
import { build } from './support/build.js';
import { residentMbOf } from './support/processes.js';

const { values: options } = parseArgs({
  options: { refreshes: { type: 'string', default: '2000' }, out: { type: 'string' } },
});
const refreshes = Number(options.refreshes);
const firstSampleAt = 20;
const sampleEvery = 100;
const pollEveryMs = 200;

build();
const folder = mkdtempSync(path.join(tmpdir(), 'housekeeping-'));
const port = await freePort();
const gateway = spawn(process.execPath, startWords, {
  env: {
    PATH: process.env.PATH,
    DATA_DIR: folder,
    PORT: String(port),
    REFRESH_SCHEDULE: '* * * * * *',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});

function megabytesOf(place: string): number {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  // A file may be gone by now.
  const sizes = files.map(({ parentPath, name }) =>
    statSync(path.join(parentPath, name), { throwIfNoEntry: false }),
  );
  return sizes.reduce((sum, file) => sum + (file?.size ?? 0), 0) / 1e6;
}

const query = '{ platformStats { totalPlays } artists(first: 5) { nodes { artistName totalPlays } } }';
/** Milliseconds of the polls since the last sample. */
let polls: number[] = [];

/** Polls once and says which refresh the answer shows; 0 while the gateway is not ready. @throws Error for a wrong answer */
async function poll(): Promise<number> {
  const started = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, extensions: { freshness: true } }),
  }).catch(() => null);
  const answer = (await response?.json().catch(() => null)) as {
    errors?: readonly { readonly message: string }[];
    extensions?: { freshness?: { generation: number } };
  } | null;
  if (answer?.errors && response?.status !== 503)
    throw new Error(`Expected an answer without errors, got ${JSON.stringify(answer.errors)}`);
  const generation = answer?.extensions?.freshness?.generation ?? 0;
  if (generation > 0) polls.push(performance.now() - started);
  return generation;
}

const samples: object[] = [];
try {
  let next = firstSampleAt;
  const startedAt = Date.now();
  for (let first = 0, generation = 0; generation - first < refreshes; await sleep(pollEveryMs)) {
    if (gateway.exitCode !== null)
      throw new Error(`Expected the gateway to run, got exit code ${gateway.exitCode}`);
    generation = await poll();
    if (first === 0) first = generation;
    if (first === 0 || generation - first < next) continue;
    const sorted = polls.sort((one, other) => one - other);
    const sample = {
      refreshes: generation - first,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      filesMb: Math.round(megabytesOf(folder)),
      walMb: Math.round(megabytesOf(path.join(folder, 'postgres', 'pg_wal'))),
      residentMb: Math.round(residentMbOf(gateway.pid!)),
      pollP50Ms: Math.round(sorted[Math.floor(sorted.length * 0.5)]!),
      pollP95Ms: Math.round(sorted[Math.floor(sorted.length * 0.95)]!),
    };
    console.error(JSON.stringify(sample));
    samples.push(sample);
    polls = [];
    next = (Math.floor((generation - first) / sampleEvery) + 1) * sampleEvery;
  }
  console.log(JSON.stringify(samples, null, 2));
  if (options.out) writeFileSync(options.out, `${JSON.stringify(samples, null, 2)}\n`);
} finally {
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  if (gateway.exitCode === null) {
    gateway.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
