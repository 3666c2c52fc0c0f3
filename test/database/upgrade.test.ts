import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewNames } from '../../src/catalogue/index.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { buildGateway } from '../refresh/gateway-process.js';
import { createPglite } from '../support/database-templates.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { migrateWords } from '../support/start-words.js';
import { until } from '../support/wait.js';

/**
 * A dump of a database whose last migration is 0023: songs and plays in monthly partitions, a month that was retired,
 * plays that were written, changed and deleted since the last refresh, and a refresh that failed.
 */
const dump = gunzipSync(readFileSync(new URL('./fixtures/version-0023.sql.gz', import.meta.url)))
  .toString()
  .replace(/^\\.*$/gm, '');

/** What an upgrade must keep. */
const kept = `
  select (select json_agg(to_jsonb(p) order by id) from plays p) as plays,
    (select json_agg(to_jsonb(r) order by id) from analytics.refresh_ledger r) as ledger,
    (select json_agg(to_jsonb(q) order by writer, song_id, listener_address) from analytics.play_queue q) as queue,
    (select json_agg(to_jsonb(r) order by song_id, listener_address) from analytics.retired_play r) as retired,
    (select json_object_agg(relname, pg_relation_filenode(oid)) from pg_class
      where relname in ('mv_artist_analytics', 'mv_genre_stats', 'mv_listener_activity', 'mv_platform_stats', 'mv_song_analytics', 'mv_top_songs_week')) as files,
    (select json_agg(to_jsonb(s) order by song_id) from mv_song_analytics s) as songs`;

const startMigrating = (url: string): ChildProcess =>
  spawn(process.execPath, migrateWords, { env: { ...process.env, DATABASE_URL: url } });

for (const version of [15, 18] as const)
  describe(`A database of PostgreSQL ${version} that was last migrated by a version with 23 migrations`, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      buildGateway();
      server = await startPostgres(version);
    });
    afterAll(() => server.stop());

    const restore = async (name: string) => {
      const admin = new pg.Client(server.url);
      await admin.connect();
      await admin.query(`create database ${name}`);
      await admin.end();
      const url = server.url.replace(/postgres$/, name);
      const client = new pg.Client({ connectionString: url, types: pg.types });
      await client.connect();
      await client.query(dump);
      await client.query('reset all');
      return { url, client };
    };
    const rowsOf = async (client: pg.Client, sql: string) => (await client.query(sql)).rows;

    it('is upgraded in place, with every play, refresh and view, and goes on exactly', async () => {
      const { url, client } = await restore('upgraded');
      const before = await rowsOf(client, kept);
      expect(before[0].plays).toHaveLength(207);
      const database = openServer({ connectionString: url, statementTimeoutMs: 0, poolSize: 2 });
      expect((await migrate(database)).slice(0, 7)).toEqual([
        '0002_states_and_notes',
        '0003_series',
        '0004_view_freshness',
        '0005_statements',
        '0006_chart_editions',
        '0007_verification',
        '0008_catalogue_by_row_versions',
      ]);
      expect(await rowsOf(client, kept)).toEqual(before);
      expect(await migrate(database)).toEqual([]);
      await database.close();

      const at = '2026-12-31T00:00:00Z';
      await client.query(`select analytics.refresh('test', '${at}')`);
      const [verdict] = await rowsOf(client, 'select analytics.verify() as verdict');
      expect(verdict.verdict).toMatchObject({ ok: true, differences: [], bypasses: [] });
      await client.end();
    });

    it('is upgraded exactly once by ten concurrent processes, even when one of them is killed', async () => {
      const { url, client } = await restore('contended');
      const before = await rowsOf(client, kept);
      // The first one waits for this lock after it has changed the tables of the engine.
      await client.query('begin; lock table plays in access share mode');
      const killed = startMigrating(url);
      const admin = new pg.Client(url);
      await admin.connect();
      await until('the first process to wait', async () => {
        const { rows } = await admin.query(
          `select from pg_locks where relation = 'plays'::regclass and not granted`,
        );
        return rows.length > 0;
      });
      killed.kill('SIGKILL');
      await once(killed, 'exit');
      await client.query('commit');
      const runs = await Promise.all(
        Array.from({ length: 9 }, () =>
          promisify(execFile)(process.execPath, migrateWords, { env: { ...process.env, DATABASE_URL: url } }),
        ),
      );
      const applied = runs.flatMap(({ stdout }) => stdout.match(/(?<=applied ).+/g) ?? []);
      expect(applied).toEqual([
        '0002_states_and_notes',
        '0003_series',
        '0004_view_freshness',
        '0005_statements',
        '0006_chart_editions',
        '0007_verification',
        '0008_catalogue_by_row_versions',
        expect.stringMatching(/^\d+ functions$/),
        `${viewNames.length} views`,
      ]);
      expect(await rowsOf(client, kept)).toEqual(before);
      await admin.end();
      await client.end();
    });
  });

describe('A new database and an upgraded one', () => {
  it('have the same structure', async () => {
    const structureOf = async (prepare: (lite: PGlite) => Promise<unknown>) => {
      const lite = await createPglite();
      await prepare(lite);
      await lite.exec('reset all');
      await migrate(overPglite(lite));
      // Partitions are not made by migrations, and a dump names their constraints itself.
      await lite.exec('drop table if exists plays_2026_02, plays_2026_03');
      const text = await (
        await pgDump({ pg: lite, args: ['--schema-only', '--no-owner', '--no-privileges'] })
      ).text();
      await lite.close();
      // The dump was taken of PostgreSQL 15, which gives NOT NULL no name.
      return text.replace(/^\\.*$/gm, '').replace(/ CONSTRAINT \w+_not_null NOT NULL/g, ' NOT NULL');
    };
    const upgraded = await structureOf((lite) => lite.exec(dump));
    expect(upgraded).toBe(await structureOf(async () => {}));
  });
});
