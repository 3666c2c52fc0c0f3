import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exportCommand } from '../../src/cli/commands/export.js';
import { runCli } from '../../src/cli/run.js';
import type { Database } from '../../src/database/database.js';
import { readParquet } from '../export/read-parquet.js';
import { openFresh } from '../support/databases.js';
import { runCommand } from './run-command.js';

describe('mycelix-analytics export', () => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await openFresh('fixture');
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'export-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, name);
  const run = (values: Record<string, unknown>, signal?: AbortSignal) =>
    runCommand(exportCommand, database, { format: 'csv', out: '-', ...values }, { signal });

  test('writes all rows to the standard output, and what it did beside it', async () => {
    const { code, stdout, stderr } = await run({ NAME: 'listeners', format: 'ndjson' });
    expect(code).toBe(0);
    const { rows } = await database.query(
      'select listener_address as address from mv_listener_activity order by total_plays desc, listener_address',
    );
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => ({ address: JSON.parse(line).listenerAddress }))).toEqual(rows);
    expect(stderr).toMatch(
      /^listeners: \d+ rows as of 2026-03-01T12:00:00\.123456Z \(generation \d+\) in \d+\.\d s\n$/,
    );
  });

  test('takes a filter, an ordering and fields as GraphQL does', async () => {
    const { stdout } = await run({
      NAME: 'songs',
      filter: '{"genre":{"eq":"Jazz"},"playCount":{"gt":0}}',
      order: '[{"field":"SONG_ID","direction":"DESC"}]',
      fields: 'songId,genre',
    });
    expect(stdout).toBe('\ufeffsongId,genre\r\nsong-15,Jazz\r\nsong-09,Jazz\r\nsong-03,Jazz\r\n');
  });

  test('writes a file, which has its name only once it is complete', async () => {
    await writeFile(file('songs.parquet'), 'before');
    await run({ NAME: 'songs', format: 'parquet', out: file('songs.parquet') });
    const { rows } = await readParquet(await readFile(file('songs.parquet')));
    expect(rows).toHaveLength(24);
    const stopped = new AbortController();
    stopped.abort();
    await expect(run({ NAME: 'songs', out: file('songs.csv') }, stopped.signal)).rejects.toThrow(
      'songs: stopped (interrupted). The file is not complete.',
    );
    expect(await readdir(folder)).toEqual(['songs.parquet']);
  });

  test('has series and charts by options of their own', async () => {
    const series = await run({ NAME: 'series', kind: 'genre', id: 'Jazz', granularity: 'MONTH', last: '3' });
    expect(series.stdout.trimEnd().split('\r\n')).toHaveLength(4);
    const chart = await run({ NAME: 'chart', genre: 'Rock', fields: 'rank,songId' });
    expect(chart.stdout).toMatch(/^\ufeffrank,songId\r\n1,song-\d\d\r\n/);
  });

  test.each([
    [['export'], /^export: expected a list out of artists, songs, .*, got none; see export --help$/],
    [['export', 'nothing'], /expected a list out of .*, got "nothing"/],
    [['export', 'songs', 'artists'], /^export: expected one NAME, got songs artists/],
    [['export', 'songs', '--format', 'xml'], /--format: expected one of csv, ndjson, parquet, got "xml"/],
    [['export', 'songs', '--filter', '{'], /^export: --filter: expected JSON, got something else/],
    [['export', 'songs', '--order', '[{"field":"X"}]'], /^export: --order\.0\.field: /],
    [['export', 'songs', '--fields', 'x'], /^export: --fields: expected names out of songId, /],
    [
      ['export', 'songs', '--out', '/no/such/folder/x'],
      /^export: --out: expected a folder that can be written to/,
    ],
    [['refresh', 'songs'], /^refresh: Unexpected argument 'songs'/],
  ])('%j is refused in one line, with exit code 2', async (words, said) => {
    const stderr = Object.assign(new PassThrough(), { isTTY: false });
    const code = await runCli(words, {
      env: { DATA_DIR: file('data') },
      stdin: Readable.from([]),
      stdout: Object.assign(new PassThrough(), { isTTY: false }),
      stderr,
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    expect(code).toBe(2);
    expect(String(stderr.read()).trimEnd()).toMatch(said);
  });
});
