import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { startPostgres } from '../../test/support/postgres.js';
import { load, type Size } from '../refresh/load.js';
import { settings } from '../refresh/server.js';
import { parentOf } from './processes.js';

export interface BenchDatabase {
  /** As the owner of the database, who is no superuser. */
  readonly url: string;
  /** Connected as the superuser, or as whoever the given URL names. */
  readonly client: pg.Client;
  /** The process that all others of the server are children of; 0 when it runs elsewhere. */
  readonly serverPid: number;
  stop(): Promise<void>;
}

/** A PostgreSQL 18 of its own with the given number of plays, refreshed once. */
export async function startDatabase(size: Size, say: (text: string) => void): Promise<BenchDatabase> {
  const flags = [...settings, 'pg_stat_statements.max=10000'].flatMap((setting) => ['-c', setting]);
  const server = await startPostgres(18, flags);
  // Also when it is interrupted before there is anything to stop.
  process.on('exit', () => rmSync(path.dirname(server.dataFolder), { recursive: true, force: true }));
  try {
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`create role plain login password 'plain'`);
    await admin.query('create database bench owner plain');
    await admin.end();
    const url = `postgresql://plain:plain@127.0.0.1:${server.port}/bench`;
    await fill(url, size, say);
    const { client, serverPid } = await connect(server.url.replace(/postgres$/, 'bench'));
    await client.query(`create extension if not exists pg_stat_statements; grant pg_read_all_stats to plain;
      grant execute on function pg_stat_statements_reset to plain`);
    return {
      url,
      client,
      serverPid,
      async stop() {
        await client.end();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A database that is filled already and that nobody else is using. */
export async function connectTo(url: string): Promise<BenchDatabase> {
  const { client, serverPid } = await connect(url);
  return { url, client, serverPid, stop: () => client.end() };
}

async function fill(url: string, size: Size, say: (text: string) => void): Promise<void> {
  const database = openServer({ connectionString: url, poolSize: 2, statementTimeoutMs: 0 });
  await migrate(database);
  await database.close();
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set client_min_messages = warning');
  await load({ client }, size, say);
  await client.query(`select analytics.refresh('bench')`);
  // As autovacuum would have done before long; otherwise the first peer would pay for the hint bits.
  await client.query('vacuum analyze');
  await client.end();
  say('refreshed');
}

async function connect(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { client, serverPid: parentOf(rows[0]?.pid ?? 0) };
}
