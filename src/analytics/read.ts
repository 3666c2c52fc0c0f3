import { type Compilable, CompiledQuery, type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { composedKey, type KeyPart } from '../composed-key.js';
import type { Database } from '../database/database.js';
import { run } from '../database/execution/query.js';
import { idOf, textBytes } from '../memory.js';

/** A query whose text follows from its name and shape, so that it is built and compiled once for all values. */
export interface ShapedQuery<Row> {
  /** The name it runs under. */
  readonly name: string;
  /** Everything but the name that decides the text; objects count by identity. */
  readonly shape: readonly (KeyPart | object)[];
  /** The bound values, in the order of the text. */
  readonly values: readonly unknown[];
  build(): Compilable<Row>;
}

/** In bytes. */
const maxTextBytes = 8_000_000;

const texts = new LRUCache<string, string>({
  maxSize: maxTextBytes,
  sizeCalculation: (text, key) => 300 + textBytes(key) + textBytes(text),
});

export function readRows<Row>(database: Database, query: ShapedQuery<Row>): Promise<Row[]> {
  return run(database, query.name, bound<Row>(textOf(query), query.values));
}

/** Reads the only row; null when there is none. */
export async function readRow<Row>(database: Database, query: ShapedQuery<Row>): Promise<Row | null> {
  const [row] = await readRows(database, query);
  return row ?? null;
}

function textOf({ name, shape, values, build }: ShapedQuery<unknown>): string {
  let key = composedKey(name);
  for (const part of shape) key += composedKey(typeof part === 'object' && part !== null ? idOf(part) : part);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const { sql: text, parameters } = build().compile();
  if (parameters.length !== values.length || parameters.some((each, index) => each !== values[index]))
    throw new Error(`Expected the values of the query ${name} in the order of its text, got others.`);
  texts.set(key, text);
  return text;
}

/** A text that was compiled before, with the values of this request. */
export function bound<Row>(text: string, values: readonly unknown[]): Compilable<Row> {
  return { compile: () => CompiledQuery.raw(text, values as unknown[]) as CompiledQuery<Row> };
}

export const countAll = sql<number | bigint>`count(*)`.as('count');

/** `= any($1)`: one parameter however many values there are, so that the text stays the same. */
export function anyOf<Value>(values: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`any(${values})`;
}

/** A number that stands in the text, because the server keeps better plans for a known number of rows. */
export function literal(value: number): RawBuilder<number> {
  return sql.lit(value);
}
