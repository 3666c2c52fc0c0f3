import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/command.js';
import { importCommand } from '../../src/cli/commands/import.js';
import type { Database } from '../../src/database/database.js';
import { defaultDemo, seedDemo } from '../../src/demo/seed.js';
import { refreshViews } from '../../src/refresh/refresh-views.js';
import { writePlays } from '../import/write-plays.js';
import { describeEachDatabase } from '../support/databases.js';
import { nodeFlags } from '../support/start-words.js';
import { until } from '../support/wait.js';
import { runCommand } from './run-command.js';

const now = new Date('2026-05-15T00:00:00Z');
const header = 'song_id,listener_address,played_at,duration,amount_paid\n';

describeEachDatabase('mycelix-analytics import', (open) => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    await database.query('truncate plays, songs, artists');
    folder = await mkdtemp(path.join(tmpdir(), 'import-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, name);
  async function write(name: string, text: string): Promise<string> {
    await writeFile(file(name), text);
    return file(name);
  }
  async function countPlays(): Promise<unknown> {
    return (await database.query('select count(*) from plays')).rows[0]?.count;
  }

  test('loads 19,900 of 20,000 plays and rejects the 100 bad ones, each with line and reason', async () => {
    const options = { ...defaultDemo, plays: 20_000 };
    await seedDemo(database, { ...options, plays: 0 }, now);
    await writePlays(file('plays.csv'), options, 100, now);
    const { code, stdout } = await runCommand(importCommand, database, { plays: file('plays.csv') });
    expect(code).toBe(1);
    expect(stdout).toContain(`plays: 19,900 loaded, 100 rejected in `);
    expect(stdout).toContain(`see ${file('plays.csv.rejected.csv')}\n`);
    expect(await countPlays()).toBe(19_900);
    const rejects = (await readFile(file('plays.csv.rejected.csv'), 'utf8')).trimEnd().split('\n');
    expect(rejects[0]).toBe('line,reason,song_id,listener_address,played_at,duration,amount_paid');
    expect(rejects.slice(1).map((line) => Number(line.split(',')[0]))).toEqual(
      Array.from({ length: 100 }, (_, index) => index * 200 + 2),
    );
    expect(rejects.slice(1).every((line) => /^\d+,"?[^,]*expected /.test(line))).toBe(true);
  });

  test('loads artists before songs and songs before plays, whatever comes first on the line', async () => {
    const { code, stdout } = await runCommand(importCommand, database, {
      plays: await write('plays.csv', `${header}s1,0xb1,2026-05-01T12:00:00Z,10,0.1\n`),
      songs: await write('songs.csv', 'song_id,title,artist_address,strategy\ns1,One,0xa1,auction\n'),
      artists: await write('artists.csv', 'artist_address,name\n0xa1,Ada\n'),
    });
    expect(stdout.replace(/ in .*/g, '')).toBe(
      'artists: 1 loaded, 0 rejected\nsongs: 1 loaded, 0 rejected\nplays: 1 loaded, 0 rejected\n',
    );
    expect(code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['artists.csv', 'plays.csv', 'songs.csv']);
  });

  test('rejects a genre that no index could hold, and the views can be refreshed afterwards', async () => {
    const genre = randomBytes(10_000).toString('hex');
    const { code, stdout } = await runCommand(importCommand, database, {
      artists: await write('artists.csv', 'artist_address,name\n0xa1,Ada\n'),
      songs: await write(
        'songs.csv',
        `song_id,title,artist_address,genre,strategy\ns1,One,0xa1,${genre},auction\ns2,Two,0xa1,Rock,auction\n`,
      ),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('songs: 1 loaded, 1 rejected in ');
    expect(await readFile(file('songs.csv.rejected.csv'), 'utf8')).toContain(
      '\n2,"genre: expected at most 1024 bytes, got 20000",s1,One,0xa1,',
    );
    expect(await refreshViews(database, { trigger: 'cli', wait: true })).toMatchObject({
      outcome: 'refreshed',
    });
  });

  test('reads the standard input for -', async () => {
    const { code } = await runCommand(
      importCommand,
      database,
      { artists: '-' },
      { stdin: ['artist_address,na', 'me\n0xa1,Ada\n', '0xa2,Bo'] },
    );
    expect(code).toBe(0);
    expect((await database.query('select count(*) from artists')).rows[0]?.count).toBe(2);
  });

  test('passes over what is there with --skip-existing, in the table and further up in the file, and ends with 0', async () => {
    const files = {
      artists: await write('artists.csv', 'artist_address,name\n0xa1,Ada\n0xa1,Ada\n'),
      songs: await write('songs.csv', 'song_id,title,artist_address,strategy\ns1,One,0xa1,auction\n'),
      plays: await write('plays.csv', `id,${header}7,s1,0xb1,2026-05-01T12:00:00Z,10,0.1\n`),
    };
    const outputs: string[] = [];
    for (let time = 0; time < 2; time++) {
      const { code, stdout } = await runCommand(importCommand, database, { ...files, 'skip-existing': true });
      expect(code).toBe(0);
      outputs.push(stdout.replace(/ in .*/g, ''));
    }
    expect(outputs).toEqual([
      'artists: 1 loaded, 1 skipped, 0 rejected\nsongs: 1 loaded, 0 skipped, 0 rejected\nplays: 1 loaded, 0 skipped, 0 rejected\n',
      'artists: 0 loaded, 2 skipped, 0 rejected\nsongs: 0 loaded, 1 skipped, 0 rejected\nplays: 0 loaded, 1 skipped, 0 rejected\n',
    ]);
    // The numbers that the database gives go on above those of the file.
    await runCommand(importCommand, database, {
      plays: await write('more.csv', `${header}s1,0xb1,2026-05-01T12:00:00Z,10,0.1\n`),
    });
    const { rows } = await database.query('select min(id) as first, max(id) > 7 as above from plays');
    expect(rows).toEqual([{ first: 7, above: true }]);
  });

  test('asks for ids of plays with --skip-existing, because nothing else says that a play is there', async () => {
    const plays = await write('plays.csv', `${header}s1,0xb1,2026-05-01T12:00:00Z,10,0.1\n`);
    await expect(runCommand(importCommand, database, { plays, 'skip-existing': true })).rejects.toThrow(
      '--plays: expected columns of plays (id, song_id, listener_address, played_at, duration, amount_paid), got missing id',
    );
  });

  test('takes a file without durations with --empty-duration-as-zero', async () => {
    const { code, stdout } = await runCommand(importCommand, database, {
      artists: await write('artists.csv', 'artist_address,name\n0xa1,Ada\n'),
      songs: await write('songs.csv', 'song_id,title,artist_address,strategy\ns1,One,0xa1,auction\n'),
      plays: await write(
        'plays.csv',
        'song_id,listener_address,played_at,amount_paid\ns1,0xb1,1769860800,0\n',
      ),
      'empty-duration-as-zero': true,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('plays: 1 loaded, 0 rejected')]);
  });

  test('reads a FIFO to its end', async () => {
    execFileSync('mkfifo', [file('artists.csv')]);
    const writing = spawn('sh', [
      '-c',
      `printf 'artist_address,name\\n0xa1,Ada\\n' > "$0"; sleep 0`,
      file('artists.csv'),
    ]);
    const { stdout } = await runCommand(importCommand, database, { artists: file('artists.csv') });
    expect(stdout).toContain('artists: 1 loaded, 0 rejected');
    await (writing.exitCode === null ? once(writing, 'exit') : null);
  });

  test('loads nothing when any of its files has a wrong header', async () => {
    const run = runCommand(importCommand, database, {
      artists: await write('artists.csv', 'artist_address,name\n0xa1,Ada\n'),
      plays: await write('plays.csv', 'song_id,who\n'),
    });
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(
      '--plays: expected columns of plays (id, song_id, listener_address, played_at, duration, amount_paid), got unknown "who"; missing listener_address, played_at, duration, amount_paid',
    );
    expect((await database.query('select count(*) from artists')).rows[0]?.count).toBe(0);
  });

  test('that is interrupted says up to which line everything is done', async () => {
    await seedDemo(database, { ...defaultDemo, plays: 0, songs: 1, artists: 1, listeners: 1 }, now);
    const stopping = new AbortController();
    async function* endless() {
      yield header;
      for (let line = 0; ; line++) {
        yield 'song-1,0xb1,2026-05-01T12:00:00Z,10,0.1\n'.repeat(1000);
        if (line === 25) await until('plays in the table', async () => Number(await countPlays()) > 0);
        if (line === 26) stopping.abort();
        if (line > 26) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    const run = runCommand(
      importCommand,
      database,
      { plays: '-' },
      { stdin: endless(), signal: stopping.signal },
    );
    const message = await run.then(String, (error: Error) => error.message);
    const plays = await countPlays();
    expect(message).toBe(
      `stdin: stopped (interrupted). Of plays everything up to line ${(Number(plays) + 1).toLocaleString('en')} is done (${plays?.toLocaleString()} loaded, 0 rejected), nothing after it.`,
    );
  });
});

describe('mycelix-analytics import', () => {
  const refused = (values: Record<string, string>) =>
    expect(runCommand(importCommand, {} as Database, values)).rejects;

  test('needs at least one file', async () => {
    await refused({}).toThrow(
      new UsageError('expected at least one of --artists, --songs, --plays, got none'),
    );
  });

  test('reads one file at most from the standard input', async () => {
    await refused({ songs: '-', plays: '-' }).toThrow(
      new UsageError('expected - for at most one file, got it for --songs and --plays'),
    );
  });

  test('says which file cannot be read', async () => {
    await refused({ songs: '/nowhere/songs.csv' }).toThrow(
      new UsageError('--songs: expected a file that can be read, got "/nowhere/songs.csv" (ENOENT)'),
    );
    await refused({ songs: tmpdir() }).toThrow(UsageError);
  });

  test.skipIf(process.platform !== 'linux')('ends at SIGTERM while a FIFO has no writer', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'import-'));
    const fifo = path.join(folder, 'plays.csv');
    execFileSync('mkfifo', [fifo]);
    const child = spawn(process.execPath, [...nodeFlags, 'dist/main.js', 'import', '--plays', fifo], {
      cwd: path.join(import.meta.dirname, '../..'),
      env: { PATH: process.env.PATH, DATA_DIR: path.join(folder, 'data') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'close');
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    try {
      // Then it has asked for the file, and nobody writes to it.
      await until(
        'the database to be there',
        async () => (await readdir(path.join(folder, 'data')).catch(() => [])).length > 0,
      );
      child.kill('SIGTERM');
      expect(await ended).toEqual([1, null]);
      expect(said).toContain(
        `${fifo}: stopped (interrupted) before its first line had come. Nothing was loaded.`,
      );
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });
});
