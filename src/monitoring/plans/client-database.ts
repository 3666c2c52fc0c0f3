import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type pg from 'pg';
import type { Database } from '../../database/database.js';
import type { DB } from '../../database/generated.js';

/** Runs one compiled query and gives its rows. */
export type Execute = (query: CompiledQuery) => Promise<pg.QueryResultRow[]>;

/**
 * A database whose every query goes through one function, such as one to a single client inside a transaction. It can
 * be asked by named queries and by nothing else: there is no way around that function.
 */
export function databaseOver(kind: Database['kind'], execute: Execute): Database {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery) => ({ rows: (await execute(query)) as Row[] }),
    streamQuery: () => closed('a stream'),
  };
  const kysely = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => connection,
        releaseConnection: async () => {},
        beginTransaction: async () => closed('a transaction'),
        commitTransaction: async () => closed('a transaction'),
        rollbackTransaction: async () => closed('a transaction'),
        destroy: async () => {},
      }),
    },
  });
  return {
    kind,
    kysely,
    pool: new Proxy({} as pg.Pool, { get: () => closed('a connection of its own') }),
    observers: new Set(),
    copyInto: async () => closed('COPY'),
    transaction: async () => closed('a transaction'),
    close: async () => {},
  };
}

function closed(what: string): never {
  throw new Error(`Expected a named query, got ${what}: this database can be read and nothing else.`);
}
