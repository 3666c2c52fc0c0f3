import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { createMigratedPglite } from './database-templates.js';
import { openServer } from './open-server.js';
import { startPostgres } from './postgres.js';

/** Opens a fresh database of its own, migrated and empty. Whoever opens it closes it. */
export type OpenDatabase = () => Promise<Database>;

export type DatabaseName = 'PGlite' | 'PostgreSQL 18' | 'PostgreSQL 15' | 'TEST_DATABASE_URL';

/**
 * Declares the same tests for the embedded database and for the oldest and the newest server. A server is started
 * once for each call. With TEST_DATABASE_URL its server takes the place of both; databases are made and dropped there.
 */
export function describeEachDatabase(
  title: string,
  body: (open: OpenDatabase, name: DatabaseName) => void,
): void {
  describe(`${title} on PGlite`, () => body(openFresh, 'PGlite'));
  const url = process.env.TEST_DATABASE_URL;
  if (url) {
    describe(`${title} on the server of TEST_DATABASE_URL`, () =>
      onServer(async () => ({ url, stop: async () => {} }), 'TEST_DATABASE_URL', body));
    return;
  }
  for (const version of [18, 15] as const)
    describe(`${title} on PostgreSQL ${version}`, () =>
      onServer(() => startPostgres(version), `PostgreSQL ${version}`, body));
}

/** Opens a fresh embedded database, for what does not depend on which database it is. */
export const openFresh: OpenDatabase = async () => overPglite(await createMigratedPglite());

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

function onServer(
  start: () => Promise<Server>,
  name: DatabaseName,
  body: (open: OpenDatabase, name: DatabaseName) => void,
): void {
  let server: Server | undefined;
  const made: string[] = [];
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    if (!server) return;
    for (const database of made)
      await administer(server.url, `drop database if exists ${database} with (force)`);
    await server.stop();
  });
  body(async () => {
    if (!server) throw new Error('Expected to be opened in beforeAll or in a test.');
    const database = `test_${randomBytes(6).toString('hex')}`;
    await administer(server.url, `create database ${database}`);
    made.push(database);
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return migrated(Promise.resolve(openServer({ connectionString: url.href, poolSize: 4 })));
  }, name);
}

async function migrated(opening: Promise<Database>): Promise<Database> {
  const database = await opening;
  await migrate(database);
  return database;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
