import type pg from 'pg';
import type { Session } from './session.js';
import { createSessionReader } from './session-reader.js';

/** Copies rows into a table over a connection, in the way that the database behind it needs. */
export type CopyInto = (
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  chunks: AsyncIterable<string>,
) => Promise<number>;

export function createSession(client: pg.ClientBase, copyInto: CopyInto): Session {
  return {
    reader: createSessionReader(client),
    query: (text, values) => client.query(text, values as unknown[]),
    copyInto: (table, columns, chunks) => copyInto(client, table, columns, chunks),
  };
}
