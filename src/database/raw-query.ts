import type { Compilable, RawBuilder } from 'kysely';
import { queryBuilder } from './query-builder.js';

/** A query that is written in SQL, ready to be read. */
export function rawQuery<Row>(query: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => query.compile(queryBuilder) };
}
