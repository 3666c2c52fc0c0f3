import type { Compilable } from 'kysely';
import type pg from 'pg';
import { asGatewayError } from '../failures/failures.js';
import type { Reader } from '../reader/reader.js';
import { statementOf } from '../reader/statement.js';
import { rowsOf } from '../wire/rows-of.js';

/** Runs named queries on one connection, one after the other as they come. */
export function createSessionReader(client: pg.ClientBase): Reader {
  return {
    async read<Row>(name: string, query: Compilable<Row>) {
      const { text, values } = statementOf(name, query.compile());
      try {
        return await rowsOf<Row>(client, { text, values });
      } catch (error) {
        throw asGatewayError(error);
      }
    },
  };
}
