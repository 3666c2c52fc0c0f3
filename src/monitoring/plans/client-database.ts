import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type pg from 'pg';
import type { Database } from '../../database/database.js';
import type { DB } from '../../database/generated.js';

/** Runs one statement and gives its rows. */
export type Execute = (text: string, parameters: readonly unknown[]) => Promise<pg.QueryResultRow[]>;

/**
 * A database whose every query goes through one function, such as one to a single client inside a transaction. It can
 * be asked by named queries and by nothing else: there is no way around that function.
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

interface AskedText {
  readonly text?: string;
  readonly values?: readonly unknown[];
}

/** A pool as far as a named query needs one. */
function poolOver(execute: Execute): pg.Pool {
  const answer = async ({ text, values }: AskedText) =>
    text === undefined ? closed('a text') : { rows: await execute(text, values ?? []) };
  const client = {
    // With a callback or without, as the driver's own.
    query: (query: AskedText, callback?: (error: unknown, result?: object) => void) =>
      callback ? void answer(query).then((result) => callback(null, result), callback) : answer(query),
    release: () => {},
  };
  const pool: object = { connect: async () => client };
  return new Proxy(pool as pg.Pool, {
    get: (target, key) => (key === 'connect' ? target.connect : closed(`the pool's ${String(key)}`)),
  });
}

/** Makes texts of queries and runs none. */
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
  throw new Error(`Expected a named query, got ${what}: this database can be read and nothing else.`);
}
