/**
 * Imports a file of plays with the built command line into a PostgreSQL of its own, and says how fast that is and how
 * much memory the process takes at most.
 *
 *   node build.mjs && npx tsx bench/import.ts [--plays 1000000] [--bad 100] [--durable]
 */
import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { defaultDemo } from '../src/demo/seed.js';
import { writePlays } from '../test/import/write-plays.js';
import { startPostgres } from '../test/support/postgres.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '1000000' },
    bad: { type: 'string', default: '100' },
    /** Write the disk as in production, which the server of the tests does not. */
    durable: { type: 'boolean', default: false },
  },
});
const plays = Number(options.plays);
const bad = Number(options.bad);

const cli = path.resolve('dist/main.js');
const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
const file = path.join(folder, 'plays.csv');
const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_wal_size=4GB'];
const server = await startPostgres(18, options.durable ? durable.flatMap((setting) => ['-c', setting]) : []);
const env = { ...process.env, DATABASE_URL: server.url };

interface Run {
  readonly code: number | null;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly output: string;
}

/** Runs the command line; its peak is what the kernel saw last before it ended. */
function run(words: readonly string[], input?: string): Promise<Run> {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    // It may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => {});
    if (input) createReadStream(input).pipe(child.stdin);
    else child.stdin.end();
    let output = '';
    let peakMegabytes = 0;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += text;
      });
    const watch = setInterval(() => {
      try {
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (peak) peakMegabytes = Number(peak[1]) / 1024;
      } catch {
        // It has ended.
      }
    }, 20);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, seconds: (performance.now() - started) / 1000, peakMegabytes, output: output.trim() });
    });
  });
}

const client = new pg.Client(server.url);
try {
  const seeded = await run(['seed', '--plays', '0']);
  if (seeded.code !== 0) throw new Error(seeded.output);
  await writePlays(file, { ...defaultDemo, plays }, bad, new Date());
  await client.connect();
  for (const [title, words, input] of [
    ['file', ['import', '--plays', file], undefined],
    ['pipe', ['import', '--plays', '-'], file],
  ] as const) {
    await client.query('truncate plays');
    await client.query('checkpoint');
    const { code, seconds, peakMegabytes, output } = await run(words, input);
    const { rows } = await client.query<{ count: string }>('select count(*) from plays');
    console.log(output);
    console.log(
      `${title}: exit ${code}, ${rows[0]?.count} rows in the table, ${seconds.toFixed(1)} s from start to end, ${Math.round(plays / seconds)} rows/s, peak ${peakMegabytes.toFixed(0)} MB`,
    );
  }
  const rejects = readFileSync(`${file}.rejected.csv`, 'utf8').trimEnd().split('\n');
  console.log(`${rejects.length - 1} rejected, such as:\n${rejects.slice(0, 12).join('\n')}`);
  console.log(execFileSync('wc', ['-lc', file], { encoding: 'utf8' }).trim());
} finally {
  await client.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync('stdin.rejected.csv', { force: true });
}
