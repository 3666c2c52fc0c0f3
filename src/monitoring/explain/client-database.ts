import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type pg from 'pg';
import type { Database } from '../../database/database.js';
import type { DB } from '../../database/generated.js';

/** Runs one statement and returns its rows. */
export type Execute = (text: string, parameters: readonly unknown[]) => Promise<pg.QueryResultRow[]>;

/**
 * A database whose queries all go through `execute`, for example to one client inside a transaction. It accepts named
 * queries only.
 */
export function databaseOver(kind: Database['kind'], execute: Execute): Database {
  return {
    kind,
    kysely: compilingKysely(),
    pool: poolOver(execute),
    observers: new Set(),
    copyInto: async () => closed('COPY'),
    transaction: async () => closed('a transaction'),
    close: async () => {},
  };
}

interface QueryConfig {
  readonly text?: string;
  readonly values?: readonly unknown[];
}

/** The part of `pg.Pool` that a named query uses. */
function poolOver(execute: Execute): pg.Pool {
  const answer = async ({ text, values }: QueryConfig) =>
    text === undefined ? closed('a query without text') : { rows: await execute(text, values ?? []) };
  const client = {
    // With or without a callback, like the driver's client.
    query: (query: QueryConfig, callback?: (error: unknown, result?: object) => void) =>
      callback ? void answer(query).then((result) => callback(null, result), callback) : answer(query),
    release: () => {},
  };
  const pool: object = { connect: async () => client };
  return new Proxy(pool as pg.Pool, {
    get: (target, key) => (key === 'connect' ? target.connect : closed(`the pool's ${String(key)}`)),
  });
}

/** A Kysely that compiles queries and cannot run them. */
function compilingKysely(): Kysely<DB> {
  const refuse = async () => closed('a query without a name');
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: refuse,
        releaseConnection: async () => {},
        beginTransaction: refuse,
        commitTransaction: refuse,
        rollbackTransaction: refuse,
        destroy: async () => {},
      }),
    },
  });
}

function closed(what: string): never {
  throw new Error(`Expected a named query, got ${what}: this database only runs named queries.`);
}
