import { type Compilable, CompiledQuery, type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { composedKey, type KeyPart } from '../composed-key.js';
import type { Database } from '../database/database.js';
import { run, runForOne } from '../database/execution/query.js';
import { idOf, textBytes } from '../memory.js';

/** A query that is built and compiled once for each name and shape, whatever its values are. */
export interface ShapedQuery<Row> {
  /** The name it runs under. */
  readonly name: string;
  /** Everything besides the name that decides the SQL text. Objects are compared by identity. */
  readonly shape: readonly (KeyPart | object)[];
  /** The bound values, in the order of the text. */
  readonly values: readonly unknown[];
  build(): Compilable<Row>;
}

const maxSqlBytes = 8_000_000;

const sqlCache = new LRUCache<string, string>({
  maxSize: maxSqlBytes,
  sizeCalculation: (text, key) => 300 + textBytes(key) + textBytes(text),
});

export function readRows<Row>(database: Database, query: ShapedQuery<Row>): Promise<Row[]> {
  return run(database, query.name, withParameters<Row>(sqlOf(query), query.values));
}

/** Reads the only row; null when there is none. */
export function readRow<Row>(database: Database, query: ShapedQuery<Row>): Promise<Row | null> {
  return runForOne(database, query.name, withParameters<Row>(sqlOf(query), query.values));
}

function sqlOf({ name, shape, values, build }: ShapedQuery<unknown>): string {
  let key = composedKey(name);
  for (const part of shape) key += composedKey(typeof part === 'object' && part !== null ? idOf(part) : part);
  const known = sqlCache.get(key);
  if (known !== undefined) return known;
  const { sql: text, parameters } = build().compile();
  if (parameters.length !== values.length || parameters.some((each, index) => each !== values[index]))
    throw new Error(`Expected the values of the query ${name} in the order of its text, got others.`);
  sqlCache.set(key, text);
  return text;
}

/** Compiled SQL with the values of one request. */
export function withParameters<Row>(text: string, values: readonly unknown[]): Compilable<Row> {
  return { compile: () => CompiledQuery.raw(text, values as unknown[]) as CompiledQuery<Row> };
}

export const countAll = sql<number | bigint>`count(*)`.as('count');

/** `= any($1)`: one parameter however many values there are, so that the text stays the same. */
export function anyParameter<Value>(values: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`any(${values})`;
}

/** Writes a number into the SQL text, so that the planner knows the limit. */
export function literal(value: number): RawBuilder<number> {
  return sql.lit(value);
}
