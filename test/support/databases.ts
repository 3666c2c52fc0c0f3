import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { createFilledPglite, createMigratedPglite } from './database-templates.js';
import { loadFixture } from './fixture.js';
import { openServer } from './open-server.js';
import { migratedTemplate, startPostgres } from './postgres.js';

/** Opens a fresh database of its own, migrated, and empty or with the fixture in it. Whoever opens it closes it. */
export type OpenDatabase = (contents?: 'nothing' | 'fixture') => Promise<Database>;

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
      onServer(async () => ({ url, stop: async () => {} }), 'template1', 'TEST_DATABASE_URL', body));
    return;
  }
  for (const version of [18, 15] as const)
    describe(`${title} on PostgreSQL ${version}`, () =>
      onServer(() => startPostgres(version), migratedTemplate, `PostgreSQL ${version}`, body));
}

/** Opens a fresh embedded database, for what does not depend on which database it is. */
export const openFresh: OpenDatabase = async (contents = 'nothing') =>
  overPglite(await (contents === 'fixture' ? createFilledPglite() : createMigratedPglite()));

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

function onServer(
  start: () => Promise<Server>,
  template: string,
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
  body(async (contents = 'nothing') => {
    if (!server) throw new Error('Expected to be opened in beforeAll or in a test.');
    const database = `test_${randomBytes(6).toString('hex')}`;
    await administer(server.url, `create database ${database} template ${template}`);
    made.push(database);
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    const opened = openServer({ connectionString: url.href, poolSize: 4 });
    if (template !== migratedTemplate) await migrate(opened);
    if (contents === 'fixture') await loadFixture(opened);
    return opened;
  }, name);
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
