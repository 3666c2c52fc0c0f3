import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { findAmountDigits } from '../../src/import/amount-digits.js';
import { type ImportCount, importFile, openFile } from '../../src/import/import-file.js';
import { hasIndependentRows } from '../../src/import/independent-rows.js';
import { artists, type ImportTable, plays, songs } from '../../src/import/tables.js';
import { describeEachDatabase } from '../support/databases.js';

const now = new Date('2026-05-15T00:00:00Z');

describeEachDatabase('An import', (open) => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  });
  afterAll(async () => {
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await database.query('truncate plays, songs, artists restart identity');
  });

  /** Imports a text, and gives the counts and the file of rejected rows. */
  async function load(table: ImportTable, text: string | AsyncIterable<string>) {
    const count: ImportCount = { loaded: 0, rejected: 0, line: 0 };
    const rejectsPath = path.join(folder, `${table.name}.csv.rejected.csv`);
    const pieces = typeof text === 'string' ? [text] : text;
    await importFile(database, await openFile(table, fromPieces(pieces)), { rejectsPath, now, count });
    const rejects = await readFile(rejectsPath, 'utf8').catch(() => null);
    return { loaded: count.loaded, rejected: count.rejected, line: count.line, rejects };
  }
  const loadPlays = async (text: string | AsyncIterable<string>) =>
    load(plays(await findAmountDigits(database)), text);

  async function* fromPieces(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
    yield* pieces;
  }

  async function rows(sql: string): Promise<unknown[][]> {
    return (await database.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row));
  }

  async function makeSongs(): Promise<void> {
    await load(artists, 'artist_address,name\n0xa1,Ada\n0xa2,Bo\n');
    await load(songs, 'song_id,title,artist_address,strategy\ns1,One,0xa1,auction\ns2,Two,0xa2,patronage\n');
  }

  test('loads artists, songs and plays with every value as it stands in the file', async () => {
    await load(
      artists,
      'created_at,name,artist_address\n2024-01-01T00:00:00Z,"Ada, ""the"" \\N\tone\nand only",0xa1\n',
    );
    await load(
      songs,
      'song_id,title,artist_address,genre,strategy,created_at\ns1,\\.,0xa1,"Drum, Bass",auction,2024-02-01 10:00:00+02\ns2,Two,0xa1,,gift-economy,2024-03-01 00:00:00\n',
    );
    await loadPlays(
      'amount_paid,duration,played_at,listener_address,song_id\n0.00000001,0,2026-05-01T12:00:00.123456+02:00,0xB1,s1\n9999999999.99999999,600,2026-05-02 00:00:00,0xb1,s2\n',
    );
    expect(await rows('select artist_address, name, created_at from artists')).toEqual([
      ['0xa1', 'Ada, "the" \\N\tone\nand only', '2024-01-01T00:00:00.000Z'],
    ]);
    expect(await rows('select song_id, title, genre, strategy, created_at from songs order by 1')).toEqual([
      ['s1', '\\.', 'Drum, Bass', 'auction', '2024-02-01T08:00:00.000Z'],
      ['s2', 'Two', null, 'gift-economy', '2024-03-01T00:00:00.000Z'],
    ]);
    expect(
      await rows('select song_id, listener_address, played_at, duration, amount_paid from plays order by id'),
    ).toEqual([
      ['s1', '0xB1', '2026-05-01T10:00:00.123456Z', 0, '0.00000001'],
      ['s2', '0xb1', '2026-05-02T00:00:00.000Z', 600, '9999999999.99999999'],
    ]);
  });

  test('gives an artist without a time of creation the present one', async () => {
    await load(artists, 'artist_address,name,created_at\n0xa1,Ada,\n');
    expect(await rows(`select created_at > now() - interval '1 minute' from artists`)).toEqual([[true]]);
  });

  test('rejects bad rows with their line and the reason, and loads the others', async () => {
    await makeSongs();
    const good = 's1,0xb1,2026-05-01T12:00:00Z,10,0.1';
    const bad = [
      [
        'nothing,0xb1,2026-05-01T12:00:00Z,10,0.1',
        'song_id: expected one that is in songs, got an unknown one',
      ],
      [',0xb1,2026-05-01T12:00:00Z,10,0.1', 'song_id: expected a value, got none'],
      ['s1,,2026-05-01T12:00:00Z,10,0.1', 'listener_address: expected a value, got none'],
      [
        's1,0xzz,2026-05-01T12:00:00Z,10,0.1',
        'listener_address: expected an address of 0x and 1 to 64 hexadecimal digits, got "0xzz"',
      ],
      [
        's1,0xb1,2026-02-30T12:00:00Z,10,0.1',
        'played_at: expected a time such as 2026-01-31T12:00:00Z, 2026-01-31 12:00:00+01:00, 31 Jan 2026 12:00, or Unix seconds or milliseconds, got "2026-02-30T12:00:00Z"',
      ],
      ['s1,0xb1,2026-05-01T12:00:00Z,-1,0.1', 'duration: expected seconds from 0 to 2147483647, got "-1"'],
      [
        's1,0xb1,2026-05-01T12:00:00Z,3:35,0.1',
        'duration: expected seconds from 0 to 2147483647, got "3:35"',
      ],
      [
        's1,0xb1,2026-05-01T12:00:00Z,10,-0.1',
        'amount_paid: expected a number such as 0.25 that is not negative, got "-0.1"',
      ],
      [
        's1,0xb1,2026-05-01T12:00:00Z,10,0.123456789',
        'amount_paid: expected at most 8 decimals, got "0.123456789"',
      ],
      ['s1,0xb1,2026-05-01T12:00:00Z,10', 'expected 5 columns, got 4'],
      ['"s1,0xb1,2026-05-01T12:00:00Z,10,0.1', 'expected a closing quote, got none'],
    ] as const;
    const lines = bad.flatMap(([line]) => [good, line]);
    const result = await loadPlays(
      `song_id,listener_address,played_at,duration,amount_paid\n${lines.join('\n')}\n`,
    );
    expect(result).toMatchObject({ loaded: bad.length, rejected: bad.length });
    const rejected: string[][] = parse(result.rejects!);
    expect(rejected[0]).toEqual([
      'line',
      'reason',
      'song_id',
      'listener_address',
      'played_at',
      'duration',
      'amount_paid',
    ]);
    expect(rejected.slice(1).map(([line]) => line)).toEqual(bad.map((_, index) => String(index * 2 + 3)));
    expect(rejected.slice(1).map(([, reason]) => reason)).toEqual(bad.map(([, reason]) => reason));
    expect(await rows('select count(*) from plays')).toEqual([[bad.length]]);
  });

  test('rejects row by row what is too long for an index or has no place in the calendar', async () => {
    await makeSongs();
    const long = 'x'.repeat(20_000);
    const longest = 'y'.repeat(1024);
    const address = `expected an address of 0x and 1 to 64 hexadecimal digits, got "${'x'.repeat(60)}…"`;
    const reasons = async (result: ReturnType<typeof load>) => {
      const { loaded, rejects } = await result;
      const [, ...rejected] = parse(rejects!) as string[][];
      return { loaded, rejected: rejected.map(([line, reason]) => `${line} ${reason}`) };
    };
    expect(
      await reasons(load(artists, `artist_address,name\n${long},Ada\n0xa8,${long}\n0xa9,${longest}\n`)),
    ).toEqual({
      loaded: 1,
      rejected: [`2 artist_address: ${address}`, '3 name: expected at most 1024 bytes, got 20000'],
    });
    expect(
      await reasons(
        load(
          songs,
          'song_id,title,artist_address,genre,strategy\n' +
            `${long},T,0xa1,,auction\ns3,T,${long},,auction\ns4,T,0xa1,${long},auction\ns5,${long},0xa1,${longest},auction\n`,
        ),
      ),
    ).toEqual({
      loaded: 1,
      rejected: [
        '2 song_id: expected at most 1024 bytes, got 20000',
        `3 artist_address: ${address}`,
        '4 genre: expected at most 1024 bytes, got 20000',
      ],
    });
    const at = (played: string) => `s1,0xb1,${played},10,0.1\n`;
    const time =
      'expected a time such as 2026-01-31T12:00:00Z, 2026-01-31 12:00:00+01:00, 31 Jan 2026 12:00, or Unix seconds or milliseconds, got';
    expect(
      await reasons(
        loadPlays(
          'song_id,listener_address,played_at,duration,amount_paid\n' +
            `${long},0xb1,2026-05-01T12:00:00Z,10,0.1\ns1,${long},2026-05-01T12:00:00Z,10,0.1\n` +
            `${at('infinity')}${at('10000-01-01 00:00:00+00')}${at('2026-05-01T12:00:00Z')}`,
        ),
      ),
    ).toEqual({
      loaded: 1,
      rejected: [
        '2 song_id: expected at most 1024 bytes, got 20000',
        `3 listener_address: ${address}`,
        `4 played_at: ${time} "infinity"`,
        `5 played_at: ${time} "10000-01-01 00:00:00+00"`,
      ],
    });
  });

  test('rejects what is there already, in the table or further up in the file', async () => {
    await makeSongs();
    expect(
      await load(artists, 'artist_address,name\n0xa1,Again\n0xa3,Cleo\n0xa3,Cleo again\n'),
    ).toMatchObject({
      loaded: 1,
      rejects:
        'line,reason,artist_address,name\n' +
        '2,"artist_address: expected one that is not yet in artists, got it again",0xa1,Again\n' +
        '4,"artist_address: expected one that is not yet in artists, got it again",0xa3,Cleo again\n',
    });
    expect(await rows('select name from artists order by 1')).toEqual([['Ada'], ['Bo'], ['Cleo']]);
    expect(
      await load(
        songs,
        'song_id,title,artist_address,strategy\ns3,Three,0xff,auction\ns3,Three,0xa1,auction\n',
      ),
    ).toMatchObject({ loaded: 1, rejected: 1 });
  });

  test('rejects songs of unknown artists and strategies', async () => {
    await makeSongs();
    const { rejects } = await load(
      songs,
      'song_id,title,artist_address,strategy\ns4,Four,0xff,auction\ns5,Five,0xa1,Auction\n',
    );
    expect(rejects?.split('\n').slice(1)).toEqual([
      '2,"artist_address: expected one that is in artists, got an unknown one",s4,Four,0xff,auction',
      '3,"strategy: expected one of pay-per-stream, gift-economy, patronage, auction, got ""Auction""",s5,Five,0xa1,Auction',
      '',
    ]);
  });

  test('takes a file of rejected rows once it has been corrected', async () => {
    await makeSongs();
    const { rejects } = await loadPlays(
      'song_id,listener_address,played_at,duration,amount_paid\ns9,0xb1,2026-05-01T12:00:00Z,10,0.1\n',
    );
    expect(await loadPlays(rejects!)).toMatchObject({ loaded: 0, rejects });
    expect(await loadPlays(rejects!.replace('s9', 's1'))).toMatchObject({ loaded: 1, rejects: null });
  });

  test('keeps the ids of plays that have one, numbers the others, and goes on above', async () => {
    await makeSongs();
    const play = 's1,0xb1,2026-05-01T12:00:00Z,10,0.1';
    const header = 'id,song_id,listener_address,played_at,duration,amount_paid';
    expect(
      await loadPlays(
        `${header}\n500,${play}\n,${play}\n500,${play}\n9007199254740992,${play}\nseven,${play}\n`,
      ),
    ).toMatchObject({ loaded: 2, rejected: 3 });
    await loadPlays(`${header}\n,${play}\n`);
    expect(await rows('select id from plays order by id')).toEqual([[1], [500], [501]]);
  });

  test('makes the partitions of the months that arrive, and none for years that are surely a slip', async () => {
    await makeSongs();
    await loadPlays(
      'song_id,listener_address,played_at,duration,amount_paid\n' +
        ['2023-07-31 23:30:00-01', '2026-05-01 00:00:00', '0201-05-01 00:00:00', '9999-01-01 00:00:00']
          .map((at) => `s1,0xb1,${at},10,0.1\n`)
          .join(''),
    );
    expect(await rows('select tableoid::regclass::text from plays order by played_at')).toEqual([
      ['plays_default'],
      ['plays_2023_08'],
      ['plays_2026_05'],
      ['plays_default'],
    ]);
  });

  test('takes times and durations as exports of other services have them', async () => {
    await makeSongs();
    const times = [
      '1769860800',
      '1769860800123',
      '31 Jan 2026 12:00',
      '"31 Jan 2026, 12:00"',
      '2026-01-31 12:00:00',
    ];
    expect(
      await loadPlays(
        `song_id,listener_address,played_at,duration,amount_paid\n${times.map((at) => `s1,0xb1,${at},215.5,0\n`).join('')}`,
      ),
    ).toMatchObject({ loaded: 5, rejected: 0 });
    expect(await rows('select distinct date_trunc($$second$$, played_at), duration from plays')).toEqual([
      ['2026-01-31T12:00:00.000Z', 216],
    ]);
  });

  test('takes plays without a duration as plays of 0 seconds where it is asked to, and only there', async () => {
    await makeSongs();
    const empty = 'song_id,listener_address,played_at,duration,amount_paid\ns1,0xb1,1769860800,,0\n';
    const absent = 'song_id,listener_address,played_at,amount_paid\ns1,0xb1,1769860800,0\n';
    const { loaded, rejects } = await loadPlays(empty);
    expect(loaded).toBe(0);
    expect(rejects).toContain(
      '2,"duration: expected a value, got none (--empty-duration-as-zero takes plays without one)",s1,',
    );
    await expect(loadPlays(absent)).rejects.toThrow(
      'got missing duration (--empty-duration-as-zero takes plays without one)',
    );
    const lenient = plays(await findAmountDigits(database), { emptyDurationAsZero: true });
    expect(await load(lenient, empty)).toMatchObject({ loaded: 1, rejected: 0 });
    expect(await load(lenient, absent)).toMatchObject({ loaded: 1, rejected: 0 });
    expect(await rows('select duration from plays')).toEqual([[0], [0]]);
  });

  test('may bring two batches of plays at once, since no play is compared with another', async () => {
    const table = plays(await findAmountDigits(database));
    expect(await hasIndependentRows(database, table)).toBe(true);
    await database.query('create unique index once on plays (listener_address, played_at)');
    expect(await hasIndependentRows(database, table)).toBe(false);
    await database.query('drop index once');
  });

  test('refuses a header with unknown, missing or doubled columns in one sentence that names them', async () => {
    const refused = (table: ImportTable, header: string) => expect(load(table, `${header}\n`)).rejects;
    await refused(artists, 'artist_address,nick,name,mood').toThrow(
      'expected columns of artists (artist_address, name, created_at), got unknown "nick", "mood"',
    );
    await refused(songs, 'song_id,genre,genre').toThrow(
      'got missing title, artist_address, strategy; twice genre',
    );
    for (const [separator, name] of [
      [';', 'semicolons'],
      ['\t', 'tab characters'],
      ['|', 'vertical bars'],
    ])
      await refused(artists, `artist_address${separator}"name"`).toThrow(
        `expected columns of artists that are separated by commas, got ${name} between them`,
      );
    await refused(artists, '').toThrow('expected columns of artists in a first line, got nothing');
    await refused(artists, '\uFFFD\uFFFDa\0').toThrow('expected UTF-8, got another encoding, such as UTF-16');
  });

  test('says of a listening history that it has to be converted first, whatever separates its columns', async () => {
    const history = await readFile('test/examples/histories/lastfm-with-header.csv', 'utf8');
    for (const text of [history, history.replaceAll('","', '";"')])
      await expect(loadPlays(text)).rejects.toThrow(
        / \(a listening history has to be converted first, see docs\/importing\.md\)$/,
      );
  });

  test('that is cut short keeps the batches that were loaded, and knows how far it came', async () => {
    await makeSongs();
    async function* broken() {
      yield 'song_id,listener_address,played_at,duration,amount_paid\n';
      for (let line = 0; line < 25_000; line++) yield 's1,0xb1,2026-05-01T12:00:00Z,10,0.1\n';
      throw new Error('the disk is gone');
    }
    const count: ImportCount = { loaded: 0, rejected: 0, line: 0 };
    const file = await openFile(plays(await findAmountDigits(database)), broken());
    await expect(
      importFile(database, file, { rejectsPath: path.join(folder, 'broken.rejected.csv'), now, count }),
    ).rejects.toThrow('the disk is gone');
    expect(count.loaded).toBeGreaterThan(0);
    expect(count.line).toBe(count.loaded + 1);
    expect(await rows('select count(*) from plays')).toEqual([[count.loaded]]);
  });
});
