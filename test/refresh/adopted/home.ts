import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../../src/database/migrations/migrate.js';
import { openServer } from '../../../src/database/server.js';
import type { PostgresServer } from '../../support/postgres.js';
import type { Session } from '../engine.js';

/** A database on one of the servers, owned by a user without any privilege. */
export interface Home {
  readonly server: PostgresServer;
  readonly name: string;
  /** Of the owner. */
  readonly url: string;
  /** Of the superuser. */
  readonly adminUrl: string;
  open(): Promise<Session>;
  openAsAdmin(): Promise<Session>;
  drop(): Promise<void>;
}

/** Makes an empty database. */
export async function makeHome(server: PostgresServer): Promise<Home> {
  const name = `adopted_${randomBytes(6).toString('hex')}`;
  await administer(
    server,
    `do $$ begin if not exists (select from pg_roles where rolname = 'plain') then create role plain login password 'plain'; end if; end $$`,
    `create database ${name} owner plain`,
  );
  const url = `postgresql://plain:plain@127.0.0.1:${server.port}/${name}`;
  const adminUrl = server.url.replace(/\/postgres$/, `/${name}`);
  return {
    server,
    name,
    url,
    adminUrl,
    open: () => connect(url),
    openAsAdmin: () => connect(adminUrl),
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

/** Migrates the tables that are there, as the command does. */
export async function adopt({ url }: Home): Promise<void> {
  const database = openServer({ connectionString: url, poolSize: 2, waitLimitMs: 60_000 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

async function connect(url: string): Promise<Session> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  await client.query(`set client_min_messages = error; set lock_timeout = '300ms'`);
  return {
    query: async <Row>(sql: string, values?: readonly unknown[]) => {
      const result = await client.query(sql, values as unknown[]);
      return (Array.isArray(result) ? result.at(-1) : result).rows as Row[];
    },
    pid: async () => Number((await client.query('select pg_backend_pid() as pid')).rows[0]?.pid),
    end: () => client.end(),
  };
}

async function administer(server: PostgresServer, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
