import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { findAmountDigits } from '../../src/import/amount-digits.js';
import { importFile, openFile } from '../../src/import/import-file.js';
import { hasIndependentRows } from '../../src/import/independent-rows.js';
import { plays, songs } from '../../src/import/tables.js';
import { createPglite } from '../support/database-templates.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

/** Tables of somebody else: short keys, coarse amounts, no partitions, and rules that this gateway knows nothing of. */
const tables = `
  create table artists (artist_address varchar(66) primary key, name varchar(20) not null, country text,
    created_at timestamptz not null default now());
  create table songs (song_id varchar(10) primary key, title text not null,
    artist_address varchar(66) not null references artists, genre varchar(50), strategy varchar(20) not null,
    created_at timestamptz not null default now());
  create table plays (device text default 'web', id bigserial primary key, song_id varchar(10) not null references songs,
    listener_address varchar(8) not null, played_at timestamptz not null, duration smallint not null,
    amount_paid numeric(12, 4) not null, constraint not_a_robot check (listener_address <> '0xdead'));
  insert into artists (artist_address, name) values ('0xa1', 'Ada');
  insert into songs (song_id, title, artist_address, strategy) values ('s1', 'One', '0xa1', 'auction');`;

for (const kind of ['PGlite', 'PostgreSQL 18'] as const)
  describe(`An import into adopted tables on ${kind}`, () => {
    let server: PostgresServer | undefined;
    let database: Database;
    let folder: string;
    const header = 'song_id,listener_address,played_at,duration,amount_paid';
    async function load(lines: Iterable<string>) {
      async function* text() {
        yield `${header}\n`;
        for (const line of lines) yield `${line}\n`;
      }
      const count = { loaded: 0, rejected: 0, line: 0 };
      const rejectsPath = path.join(folder, 'plays.csv.rejected.csv');
      const file = await openFile(plays(await findAmountDigits(database)), text());
      await importFile(database, file, { rejectsPath, now: new Date(), count });
      return { count, rejects: (await readFile(rejectsPath, 'utf8').catch(() => '')).split('\n') };
    }
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'import-'));
      server = kind === 'PGlite' ? undefined : await startPostgres(18);
      database = server ? openServer({ connectionString: server.url }) : overPglite(await createPglite());
      await database.query(tables);
      await migrate(database);
    });
    afterAll(async () => {
      await database?.close();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('loads what fits, leaves other columns alone, and rejects in the words of the database what it refuses', async () => {
      const good = Array.from({ length: 40 }, (_, index) => `s1,0x${index},2026-05-01T12:00:00Z,10,0.25`);
      const bad = [
        's1,0xdead,2026-05-01T12:00:00Z,10,0.25',
        's1,0x1234567,2026-05-01T12:00:00Z,10,0.25',
        's1,0x1,2026-05-01T12:00:00Z,40000,0.25',
        's1,0x1,2026-05-01T12:00:00Z,10,0.12345',
      ];
      const { count, rejects } = await load([...good, ...bad]);
      expect(count).toEqual({ loaded: 40, rejected: 4, line: 45 });
      expect(rejects[1]).toMatch(/^42,"the database refused it: .*not_a_robot/);
      expect(rejects[2]).toMatch(/^43,the database refused it: value too long/);
      expect(rejects[3]).toMatch(/^44,the database refused it: .*smallint/);
      expect(rejects[4]).toMatch(/^45,"amount_paid: expected at most 4 decimals/);
      const { rows } = await database.query('select count(*), min(device), sum(amount_paid) from plays');
      expect(rows).toEqual([{ count: 40, min: 'web', sum: '10.0000' }]);
    });

    test('rejects by itself what is too long for an index that only this database has', async () => {
      await database.query('create index songs_title_idx on songs (title)');
      const title = randomBytes(10_000).toString('hex');
      async function* text() {
        yield `song_id,title,artist_address,strategy\ns2,Two,0xa1,auction\ns3,${title},0xa1,auction\ns4,Four,0xa1,auction\n`;
      }
      const count = { loaded: 0, rejected: 0, line: 0 };
      const rejectsPath = path.join(folder, 'songs.csv.rejected.csv');
      const file = await openFile(songs, text());
      await importFile(database, file, { rejectsPath, now: new Date(), count });
      expect(count).toEqual({ loaded: 2, rejected: 1, line: 4 });
      expect(await readFile(rejectsPath, 'utf8')).toMatch(/^3,"?the database refused it: index row/m);
    });

    test('does not stand in its own way where a trigger touches the same row for every play', async () => {
      const ofPlays = plays({ precision: 12, scale: 4 });
      expect(await hasIndependentRows(database, ofPlays)).toBe(true);
      await database.query(`
        alter table songs add column heard bigint not null default 0;
        create function hear() returns trigger language plpgsql as $$
        begin update songs set heard = heard + 1 where song_id = new.song_id; return null; end $$;
        create trigger hear after insert on plays for each row execute function hear();`);
      expect(await hasIndependentRows(database, ofPlays)).toBe(false);
      const { count } = await load(repeated(21_000, 's1,0x1,2026-05-01T12:00:00Z,10,0.25'));
      expect(count).toMatchObject({ loaded: 21_000, rejected: 0 });
      const { rows } = await database.query(`select heard from songs where song_id = 's1'`);
      expect(rows).toEqual([{ heard: 21_000 }]);
    });
  });

function* repeated(count: number, line: string): Generator<string> {
  for (let index = 0; index < count; index++) yield line;
}
