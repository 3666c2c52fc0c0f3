import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '../database.js';
import { inTransaction } from '../execution/transaction.js';
import type { DB } from '../generated.js';
import { createShares } from '../resilience/shares.js';
import { settle } from '../wire/session-settings.js';
import { valueTypes } from '../wire/values.js';
import { lockFolder } from './lock-folder.js';

/** How long a statement waits for those before it, in milliseconds: a refresh, too, may be among them. */
const maxTurnMs = 600_000;

/** Where PGlite keeps nothing on disk. */
export const inMemory = 'memory://';

/**
 * PostgreSQL inside this process, kept in `folder`. It is one session: queries wait for each other.
 * @throws Error when another process is using the folder.
 */
export async function openEmbedded(folder: string): Promise<Database> {
  const unlock = folder === inMemory ? async () => {} : await lockFolder(folder);
  const lite = await PGlite.create(folder === inMemory ? inMemory : `${folder}/postgres`).catch(
    async (error) => {
      await unlock();
      throw error;
    },
  );
  return overPglite(lite, unlock);
}

/** The same over an instance that is open already; `afterwards` runs when it has been closed. */
export function overPglite(lite: PGlite, afterwards: () => Promise<void> = async () => {}): Database {
  const pool = new pg.Pool({
    max: 1,
    Client: clientOf(lite),
    types: valueTypes,
    idleTimeoutMillis: 0,
    onConnect: (client: pg.ClientBase) => settle(client),
  } as pg.PoolConfig);
  pool.on('error', () => {});

  return {
    kind: 'embedded',
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    observers: new Set(),
    // There is one connection, so that a client's statements wait for each other and the clients take turns.
    shares: createShares({
      connections: 1,
      ofRelation: 1,
      maxWaiting: 10_000,
      waitLimitMs: maxTurnMs,
      stuckAfterMs: maxTurnMs,
    }),
    // COPY over the wire protocol ends PGlite; its own way is a blob that stands where a file would.
    async copyInto(_client, table, columns, chunks) {
      let rows = 0;
      for await (const text of batched(chunks)) {
        const result = await lite.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], {
          blob: new Blob([text]),
        });
        rows += result.affectedRows ?? 0;
      }
      return rows;
    },
    transaction: (work) => inTransaction(() => pool.connect(), work),
    async close() {
      await pool.end();
      await lite.close();
      await afterwards();
    },
  };
}

/** A class of client for `pg.Pool`, each with a connection of its own: one that was ended cannot be used again. */
function clientOf(lite: PGlite): typeof pg.Client {
  return class EmbeddedClient extends pg.Client {
    constructor(config: pg.ClientConfig) {
      super({ ...config, ...createPgConfig(lite) } as pg.ClientConfig);
    }
  };
}

const batchCharacters = 4_000_000;

async function* batched(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let batch: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    batch.push(chunk);
    size += chunk.length;
    if (size >= batchCharacters) {
      yield batch.join('');
      batch = [];
      size = 0;
    }
  }
  if (size > 0) yield batch.join('');
}
