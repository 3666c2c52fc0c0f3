import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importCommand } from '../../src/cli/commands/import.js';
import type { Database } from '../../src/database/database.js';
import { runCommand } from '../cli/run-command.js';
import { openFresh } from '../support/databases.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sample = (name: string) => path.join(root, 'test/examples/histories', name);

describe('A listening history that is converted', () => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await openFresh();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    await database.query('truncate plays, songs, artists');
    folder = await mkdtemp(path.join(tmpdir(), 'history-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  const convert = async (...words: string[]) => {
    const script = path.join(root, 'examples/convert-history.mjs');
    return (await promisify(execFile)(process.execPath, [script, ...words], { cwd: folder })).stdout;
  };
  const load = async () => {
    const files = Object.fromEntries(
      ['artists', 'songs', 'plays'].map((table) => [table, path.join(folder, `history/${table}.csv`)]),
    );
    const { code, stdout } = await runCommand(importCommand, database, { ...files, 'skip-existing': true });
    expect(code, stdout).toBe(0);
    return stdout.replace(/ in .*/g, '');
  };
  const listPlays = async () => {
    const { rows } = await database.query<Record<string, string | number>>(
      `select to_char(played_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as at, name, title, duration
       from plays join songs using (song_id) join artists using (artist_address) order by played_at desc, duration desc`,
    );
    return rows.map((row) => Object.values(row).join(' | '));
  };

  it.each([
    [
      'lastfm-with-header.csv',
      [
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 0',
        '2026-11-25 13:01:00 | Paper Lanterns | The "Blue" Hour | 0',
        '2026-11-25 12:55:00 | Sølvi & the Wren | Fjord | 0',
        '2026-11-24 13:00:00 | Paper Lanterns | Harbour, at Night | 0',
      ],
    ],
    [
      'lastfm-without-header.csv',
      [
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 0',
        '2026-11-25 12:55:00 | Sølvi & the Wren | Fjord | 0',
        '2026-11-05 09:12:00 | Copper Choir | "Heroes" live | 0',
        '2026-01-01 00:00:00 | Copper Choir | 12" Mix | 0',
      ],
    ],
    [
      'lastfm-semicolons.csv',
      [
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 0',
        '2026-11-25 12:55:00 | Sølvi & the Wren | Fjord; or, the Crossing | 0',
      ],
    ],
    [
      'spotify-extended.json',
      [
        '2026-11-25 13:06:02 | Sølvi & the Wren | Fjord | 9',
        '2026-11-25 13:05:31 | Paper Lanterns | Harbour, at Night | 215',
      ],
    ],
    [
      'spotify-account.json',
      [
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 215',
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 1',
      ],
    ],
    [
      'listenbrainz.jsonl',
      [
        '2026-11-25 13:05:00 | Paper Lanterns | Harbour, at Night | 215',
        '2026-11-25 12:55:00 | Sølvi & the Wren | Fjord | 187',
        '2026-11-24 13:00:00 | Copper Choir | Ember | 0',
      ],
    ],
  ])('from %s loads without a rejected row', async (name, plays) => {
    expect(await convert('ada', sample(name))).toContain(`: ${plays.length} plays\n`);
    await load();
    expect(await listPlays()).toEqual(plays);
    expect((await database.query('select distinct amount_paid::float8 as paid from plays')).rows).toEqual([
      { paid: 0 },
    ]);
  });

  it('says what it left out, and why', async () => {
    const printed = await convert('ada', sample('lastfm-with-header.csv'), sample('spotify-extended.json'));
    expect(printed).toContain('left out 1 without an artist or a track\n');
    expect(printed).toMatch(/left out 1 without a time from 2000 on such as .*, the first has "0"\n/);
    expect(printed).toContain('left out 1 that came before\n');
  });

  it('with plays of before and new ones adds the new ones', async () => {
    const line = (minute: number) => `Copper Choir,Ash,Ember,25 Nov 2026 13:0${minute}\n`;
    await writeFile(path.join(folder, 'first.csv'), line(1) + line(2));
    await writeFile(path.join(folder, 'second.csv'), line(3) + line(2) + line(1));
    await convert('ada', 'first.csv');
    await load();
    await convert('ada', 'second.csv');
    expect(await load()).toBe(
      'artists: 0 loaded, 1 skipped, 0 rejected\nsongs: 0 loaded, 1 skipped, 0 rejected\nplays: 1 loaded, 2 skipped, 0 rejected\n',
    );
    await convert('bo', 'first.csv');
    expect(await load()).toContain('plays: 2 loaded, 0 skipped');
  });

  it('dates songs and artists by the first play, so that new ones are new', async () => {
    await convert('ada', sample('lastfm-with-header.csv'));
    await load();
    const { rows } = await database.query(
      `select count(*)::int as wrong from songs s
       where created_at <> (select min(played_at) from plays p where p.song_id = s.song_id)`,
    );
    expect(rows).toEqual([{ wrong: 0 }]);
  });

  it('may be UTF-16, and tab characters may separate its columns', async () => {
    const text = '\uFEFFArtist\tTrack\tDate\r\nSølvi\tFjord\t2026-11-25 13:05\r\n';
    await writeFile(path.join(folder, 'tabs.csv'), text, 'utf16le');
    await convert('0xADA', 'tabs.csv');
    await load();
    expect(await listPlays()).toEqual(['2026-11-25 13:05:00 | Sølvi | Fjord | 0']);
    const { rows } = await database.query('select listener_address from plays');
    expect(rows).toEqual([{ listener_address: '0xADA' }]);
  });

  it.each([
    ['nothing.csv', null, 1, 'nothing.csv: ENOENT'],
    ['other.csv', 'name,age\nAda,36\n', 1, 'expected columns for artist, track and date, got name,age'],
    ['cut.json', '[{"ts":', 1, 'cut.json: Unexpected end of JSON input'],
    ['dates.csv', 'artist,track,date\nA,B,03/04/2026 12:00\n', 1, 'found no plays'],
    [null, null, 2, 'expected LISTENER FILE..., such as: ada scrobbles.csv'],
  ])('cannot be %s', async (name, text, code, reason) => {
    if (name && text) await writeFile(path.join(folder, name), text);
    const failed = await convert('ada', ...(name ? [name] : [])).catch((error) => error);
    expect(failed).toMatchObject({ code, stderr: expect.stringContaining(reason) });
    expect(failed.stderr).not.toContain('    at ');
  });
});
