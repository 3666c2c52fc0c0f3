import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createMigratedPglite, createPglite } from '../support/database-templates.js';
import { migrateSession } from '../support/migrate-session.js';
import type { PostgresServer } from '../support/postgres.js';

// Times come as text, because a Date would lose the microseconds that the windows are exact to.
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  16: (value) => value === 't',
  23: Number,
  114: JSON.parse,
  3802: JSON.parse,
};
const types = { getTypeParser: (type: number) => parsers[type] ?? ((value: string) => value) };

/** One connection to a database that holds the engine. */
export interface Session {
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The server process behind it, as `pg_terminate_backend` takes it. */
  pid(): Promise<number>;
  end(): Promise<void>;
}

/** A fresh database with the engine in it. */
export interface EngineDatabase {
  readonly title: string;
  /** Whether more than one session can be open at a time. */
  readonly isShared: boolean;
  open(): Promise<Session>;
  drop(): Promise<void>;
}

export interface EngineOptions {
  /** Run before the migrations: the tables of a database that is adopted. */
  readonly before?: string;
  /** Changes the SQL of a migration, to see the tests fail. */
  readonly mutate?: (name: string, sql: string) => string;
  /** Whether its user may do everything, on a server. */
  readonly superuser?: boolean;
}

/** Makes a database on a server, owned by a user without any privilege, and migrates it. */
export async function makeServerDatabase(
  server: PostgresServer,
  title: string,
  options: EngineOptions = {},
): Promise<EngineDatabase & { readonly url: string; readonly adminUrl: string }> {
  const name = `engine_${randomBytes(6).toString('hex')}`;
  const isPlain = !options.before && !options.mutate && !options.superuser;
  const template = isPlain ? await templateOf(server) : 'template1';
  await administer(server, `create database ${name} template ${template} owner plain`);
  const adminUrl = server.url.replace(/\/postgres$/, `/${name}`);
  const url = options.superuser ? adminUrl : plainUrl(server, name);
  const open = () => openSession(url);
  if (!isPlain) await migrate(await open(), options);
  return {
    title,
    isShared: true,
    url,
    adminUrl,
    open,
    async drop() {
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
    },
  };
}

/** Names of migrated databases by server URL. Copying one is much faster than migrating again. */
const templates = new Map<string, Promise<string>>();

function templateOf(server: PostgresServer): Promise<string> {
  const template = templates.get(server.url) ?? createTemplate(server);
  templates.set(server.url, template);
  return template;
}

async function createTemplate(server: PostgresServer): Promise<string> {
  const name = `engine_template_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} owner plain`);
  await migrate(await openSession(plainUrl(server, name)), {});
  return name;
}

async function administer(server: PostgresServer, statement: string): Promise<void> {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(
    `do $$ begin if not exists (select from pg_roles where rolname = 'plain') then create role plain login password 'plain'; end if; end $$`,
  );
  await client.query(statement);
  await client.end();
}

function plainUrl(server: PostgresServer, database: string): string {
  return `postgresql://plain:plain@127.0.0.1:${server.port}/${database}`;
}

async function openSession(connectionString: string): Promise<Session> {
  const client = new pg.Client({ connectionString, types: types as never });
  client.on('error', () => {});
  await client.connect();
  return {
    query: async <Row>(sql: string, values?: readonly unknown[]) =>
      lastOf(await client.query(sql, values as unknown[])).rows as Row[],
    pid: async () => Number((await client.query('select pg_backend_pid() as pid')).rows[0]?.pid),
    end: () => client.end(),
  };
}

/** The same in the embedded database, which has a single session. */
export async function makeEmbeddedDatabase(
  title: string,
  options: EngineOptions = {},
): Promise<EngineDatabase> {
  const isPlain = !options.before && !options.mutate;
  const create = isPlain ? createMigratedPglite : createPglite;
  const database = await create({
    parsers: Object.fromEntries([20, 1082, 1114, 1184, 1700].map((type) => [type, String])),
  });
  const session: Session = {
    query: async <Row>(sql: string, values?: readonly unknown[]) =>
      (values ? await database.query(sql, values as unknown[]) : (await database.exec(sql)).at(-1))
        ?.rows as Row[],
    pid: async () => 0,
    end: async () => {},
  };
  if (!isPlain) await migrate(session, options);
  return { title, isShared: false, open: async () => session, drop: () => database.close() };
}

async function migrate(session: Session, options: EngineOptions): Promise<void> {
  if (options.before) await session.query(options.before);
  await migrateSession((sql) => session.query(sql), options.mutate);
  await session.end();
}

function lastOf(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult {
  return Array.isArray(result) ? (result.at(-1) as pg.QueryResult) : result;
}

/** Tables as a database may hold them that never heard of the gateway: other types, other columns, no partitions. */
export const adoptedTables = `
  create table artists (
    artist_address varchar(66) primary key, name varchar(200) not null, country text, created_at timestamptz not null default now());
  create table songs (
    song_id varchar(40) primary key, title varchar(300) not null, artist_address varchar(66) not null references artists,
    genre varchar(50), strategy varchar(20) not null, isrc text, created_at timestamptz not null default now());
  create table plays (
    device text, id bigserial primary key, song_id varchar(40) not null references songs on delete cascade,
    listener_address varchar(66) not null, played_at timestamptz not null, duration int not null, amount_paid numeric(18, 8) not null);
  insert into artists (artist_address, name) values ('0xa0', 'Before');
  insert into songs (song_id, title, artist_address, genre, strategy) values ('song-0', 'Before', '0xa0', 'Jazz', 'auction');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select 'song-0', '0x' || i % 7, timestamptz '2026-03-01 00:00Z' - i * interval '5 hours', i, i / 8.0 from generate_series(1, 200) i;`;
