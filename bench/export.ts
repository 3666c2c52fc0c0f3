/**
 * Downloads the list of songs as each kind of file from the built gateway, beside what `COPY … TO STDOUT` takes for the same
 * rows, and says how many rows a second that is, when the first byte came, and how much memory the gateway had at most.
 *
 * With `--refreshes` each file is downloaded once more while so many refreshes go by, every row is compared with what the
 * views showed at the refresh that the file names, and the files are left in `--folder`.
 *
 *   npm run bench -- export [--songs 10000] [--plays 50000] [--rounds 3] [--refreshes 20] [--formats csv,ndjson,parquet]
 *     [--folder /tmp]
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { to as copyTo } from 'pg-copy-streams';
import { freePort } from '../test/support/postgres.js';
import { startWords } from '../test/support/start-words.js';
import { exportDuringRefreshes, leaveExport } from './export/during-refreshes.js';
import { build } from './support/build.js';
import { startDatabase } from './support/database.js';

const { values: options } = parseArgs({
  options: {
    songs: { type: 'string', default: '10000' },
    plays: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    refreshes: { type: 'string', default: '0' },
    formats: { type: 'string', default: 'csv,ndjson,parquet' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const songs = Number(options.songs);
const rounds = Number(options.rounds);
const refreshes = Number(options.refreshes);
const size = {
  songs,
  plays: Number(options.plays ?? 5 * songs),
  listeners: Math.ceil(songs / 5),
  artists: Math.ceil(songs / 50),
};
const formats = options.formats.split(',');
const operatorSecret = 'the-secret-of-an-operator-of-the-bench';

interface Run {
  readonly firstByteMs: number;
  readonly totalMs: number;
  readonly bytes: number;
}

async function timed(open: () => Promise<AsyncIterable<Uint8Array>>): Promise<Run> {
  const started = performance.now();
  let firstByteMs = 0;
  let bytes = 0;
  for await (const chunk of await open()) {
    firstByteMs ||= performance.now() - started;
    bytes += chunk.length;
  }
  return { firstByteMs, totalMs: performance.now() - started, bytes };
}

function say(name: string, runs: readonly Run[], memory = ''): void {
  const median = [...runs].sort((a, b) => a.totalMs - b.totalMs)[Math.floor(runs.length / 2)]!;
  console.log(
    `${name.padEnd(8)} ${Math.round((songs / median.totalMs) * 1000)} rows/s, first byte ${median.firstByteMs.toFixed(1)} ms, ${median.totalMs.toFixed(0)} ms, ${(median.bytes / 1e6).toFixed(1)} MB${memory}`,
  );
}

build();
const database = await startDatabase(size, (text) => console.error(text));
const port = await freePort();
const gateway = spawn(process.execPath, startWords, {
  env: {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    PORT: String(port),
    REFRESH_SCHEDULE: 'off',
    OPERATOR_KEYS: `bench:${operatorSecret}`,
    LOG_LEVEL: 'warn',
    EXPORT_LIMIT_SECONDS: '3600',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const url = `http://127.0.0.1:${port}`;

/** What the gateway had in memory at most since the last time, in MB. */
function takePeakMb(): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'));
  writeFileSync(`/proc/${gateway.pid}/clear_refs`, '5');
  return Number(peak?.[1]) / 1024;
}

try {
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(100);
  const copy =
    'copy (select * from mv_song_analytics order by play_count desc, song_id) to stdout (format csv)';
  const copies: Run[] = [];
  for (let round = 0; round < rounds; round += 1)
    copies.push(await timed(async () => database.client.query(copyTo(copy))));
  say('copy', copies);
  for (const format of formats) {
    const before = takePeakMb();
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push(
        await timed(async () => {
          const { body, status } = await fetch(`${url}/export/songs.${format}`, {
            headers: { authorization: `Bearer ${operatorSecret}` },
          });
          if (status !== 200 || !body) throw new Error(`Expected a file, got status ${status}.`);
          return body;
        }),
      );
    say(format, runs, `, peak ${takePeakMb().toFixed(0)} MB of the gateway (${before.toFixed(0)} MB before)`);
  }
  const place = { gatewayUrl: url, databaseUrl: database.url, operatorSecret, folder: options.folder };
  for (const format of refreshes > 0 ? formats : []) {
    const found = await exportDuringRefreshes(place, format, size, refreshes);
    const left = await leaveExport(place, format);
    console.log(
      `${format.padEnd(8)} ${found}, peak ${takePeakMb().toFixed(0)} MB; a client that left ended it after ${left.toFixed(0)} ms`,
    );
  }
} finally {
  gateway.kill('SIGTERM');
  await database.stop();
}
