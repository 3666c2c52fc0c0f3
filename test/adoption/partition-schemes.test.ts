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
import { plays } from '../../src/import/tables.js';
import { makePartitionsAhead } from '../../src/refresh/partitions.js';
import { createPglite } from '../support/database-templates.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

const dimensions = `
  create table artists (artist_address varchar(42) primary key, name text not null, created_at timestamptz not null default now());
  create table songs (song_id varchar(66) primary key, title text not null, artist_address varchar(42) not null, genre text,
    strategy text not null, created_at timestamptz not null default now());
  insert into artists (artist_address, name) values ('0xa1', 'Ada');
  insert into songs (song_id, title, artist_address, strategy) select 's' || n, 'Song', '0xa1', 'patronage' from generate_series(1, 5) n;`;

const playsBy = (key: string, partitioning: string) => `
  create table plays (id bigserial, song_id varchar(66) not null, listener_address varchar(42) not null, played_at timestamptz not null,
    duration integer not null, amount_paid numeric(18, 8) not null, country text default 'nz', primary key (${key})) partition by ${partitioning};`;

interface Scheme {
  readonly title: string;
  readonly sql: string;
  /** Partitions that the gateway makes for the plays that are imported below. */
  readonly made: readonly string[];
}

const schemes: readonly Scheme[] = [
  {
    title: 'yearly',
    sql: `${playsBy('id, played_at', 'range (played_at)')}
      create table plays_2025 partition of plays for values from ('2025-01-01Z') to ('2026-01-01Z');
      create table plays_2026 partition of plays for values from ('2026-01-01Z') to ('2027-01-01Z');
      create table plays_rest partition of plays default;`,
    made: [],
  },
  {
    title: 'yearly without a default partition',
    sql: `${playsBy('id, played_at', 'range (played_at)')}
      create table plays_past partition of plays for values from (minvalue) to ('2026-01-01Z');
      create table plays_later partition of plays for values from ('2026-01-01Z') to (maxvalue);`,
    made: [],
  },
  {
    title: 'by month of another time zone',
    sql: `${playsBy('id, played_at', 'range (played_at)')}
      create table plays_2025_12 partition of plays for values from ('2025-12-01 00:00:00+01') to ('2026-01-01 00:00:00+01');
      create table plays_rest partition of plays default;`,
    made: [],
  },
  {
    title: 'by hash',
    sql: `${playsBy('id, song_id', 'hash (song_id)')}
      create table plays_0 partition of plays for values with (modulus 2, remainder 0);
      create table plays_1 partition of plays for values with (modulus 2, remainder 1);`,
    made: [],
  },
  {
    title: 'by list',
    sql: `${playsBy('id, song_id', 'list (song_id)')}
      create table plays_first partition of plays for values in ('s1', 's2');
      create table plays_rest partition of plays default;`,
    made: [],
  },
  {
    title: 'by month of UTC, under the names that the gateway gives',
    sql: `${playsBy('id, played_at', 'range (played_at)')}
      create table plays_2024 partition of plays for values from ('2024-01-01Z') to ('2025-01-01Z');
      create table plays_2025_12 partition of plays for values from ('2025-12-01Z') to ('2026-01-01Z');
      create table plays_rest partition of plays default;`,
    made: ['plays_2026_01', 'plays_2026_02'],
  },
];

for (const kind of ['PGlite', 'PostgreSQL 18'] as const)
  describe(`Adopted plays on ${kind}`, () => {
    let server: PostgresServer | undefined;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'schemes-'));
      server = kind === 'PGlite' ? undefined : await startPostgres(18);
    });
    afterAll(async () => {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    async function open(name: string): Promise<Database> {
      if (!server) return overPglite(await createPglite());
      const admin = openServer({ connectionString: server.url, statementTimeoutMs: 0 });
      await admin.query(`create database ${name}`);
      await admin.close();
      return openServer({
        connectionString: server.url.replace(/\/postgres$/, `/${name}`),
        statementTimeoutMs: 0,
      });
    }

    test.each(schemes.map((scheme, index) => ({ ...scheme, name: `scheme_${index}` })))(
      'that are partitioned $title are imported and counted exactly',
      async ({ sql, made, name }) => {
        const database = await open(name);
        try {
          await database.query(dimensions + sql);
          await migrate(database);
          const lines = Array.from(
            { length: 400 },
            (_, n) =>
              `s${1 + (n % 5)},0x${n % 7},${['2024-06-01', '2025-12-31', '2026-01-15', '2026-02-28'][n % 4]}T23:30:00Z,10,0.5`,
          );
          async function* text() {
            yield `song_id,listener_address,played_at,duration,amount_paid\n${lines.join('\n')}\n`;
          }
          const count = { loaded: 0, rejected: 0, line: 0 };
          const rejectsPath = path.join(folder, `${kind}-${name}.rejected.csv`);
          const file = await openFile(plays(await findAmountDigits(database)), text());
          await importFile(database, file, { rejectsPath, now: new Date('2026-02-01Z'), count });
          expect(await readFile(rejectsPath, 'utf8').catch(() => '')).toBe('');
          expect(count).toMatchObject({ loaded: 400, rejected: 0 });

          const partitions = async () => {
            const { rows } = await database.query<{ name: string }>(
              `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'plays'::regclass order by 1`,
            );
            return rows.map((row) => row.name);
          };
          const present = await partitions();
          for (const partition of made) expect(present).toContain(partition);
          expect(present).toHaveLength(made.length + (sql.match(/partition of/g) ?? []).length);
          if (made.length === 0) {
            await makePartitionsAhead(database);
            expect(await partitions()).toEqual(present);
          }

          await database.query('select refresh_all_materialized_views()');
          await database.query(`update plays set amount_paid = 1 where song_id = 's1'`);
          await database.query(`delete from plays where song_id = 's2' and listener_address = '0x1'`);
          await database.query('select refresh_all_materialized_views()');
          const { rows } = await database.query(
            `select total_plays = (select count(*) from plays) as plays, total_volume = (select sum(amount_paid) from plays) as volume,
               analytics.verify() ->> 'ok' as verified from mv_platform_stats`,
          );
          expect(rows).toEqual([{ plays: true, volume: true, verified: 'true' }]);
        } finally {
          await database.close();
        }
      },
    );
  });
