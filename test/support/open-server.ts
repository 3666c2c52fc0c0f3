import type { Database } from '../../src/database/database.js';
import { openServer as open, type ServerOptions } from '../../src/database/server.js';

const urls = new WeakMap<Database, string>();

/** Opens the database of a server, and remembers where it is for `urlOf`. */
export function openServer(options: ServerOptions): Database {
  const database = open(options);
  urls.set(database, options.connectionString);
  return database;
}

/** Undefined for an embedded database. */
export function urlOf(database: Database): string | undefined {
  const url = urls.get(database);
  if (url === undefined && database.kind === 'server')
    throw new Error('Expected a database that was opened by test/support/open-server.ts.');
  return url;
}
