import { type Compilable, CompiledQuery, type RawBuilder, sql } from 'kysely';
import { composedKey, type KeyPart } from '../composed-key.js';
import { readOne } from '../database/reader/reader.js';
import { textBytes } from '../memory.js';
import { compileOnce } from './compile-once.js';
import type { AnalyticsReader } from './withholding/analytics-reader.js';

/** A query that is built and compiled once for each name and shape, whatever its values are. */
export interface ShapedQuery<Row> {
  /** The name it runs under. */
  readonly name: string;
  /** Everything besides the name that decides the SQL text. */
  readonly shape: readonly KeyPart[];
  /** The bound values, in the order of the text. */
  readonly values: readonly unknown[];
  build(): Compilable<Row>;
}

export function readRows<Row>(reader: AnalyticsReader, query: ShapedQuery<Row>): Promise<Row[]> {
  return reader.read(query.name, withParameters<Row>(sqlOf(reader, query), query.values));
}

/** Reads the only row; null when there is none. */
export function readRow<Row>(reader: AnalyticsReader, query: ShapedQuery<Row>): Promise<Row | null> {
  return readOne(reader, query.name, withParameters<Row>(sqlOf(reader, query), query.values));
}

function sqlOf(
  { withholdUnder }: AnalyticsReader,
  { name, shape, values, build }: ShapedQuery<unknown>,
): string {
  const { text } = compileOnce(composedKey('query', name, withholdUnder, ...shape), () => {
    const { sql: text, parameters } = build().compile();
    if (parameters.length !== values.length || parameters.some((each, index) => each !== values[index]))
      throw new Error(`Expected the values of the query ${name} in the order of its text, got others.`);
    return { text, bytes: textBytes(text) };
  });
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
