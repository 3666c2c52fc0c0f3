import { CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { composedKey } from '../composed-key.js';
import type { Database } from '../database/database.js';
import { idOf, textBytes } from '../memory.js';
import type { Column, View } from '../views/catalogue.js';
import { stateColumn } from '../views/reading.js';

/** A column of a view, quoted for SQL. */
export function reference(column: Column): RawBuilder<unknown> {
  return sql.ref(column.name);
}

const maxColumnLists = 500;

/** Lists of columns that were written before: building one from its parts takes longer than running some statements. */
const lists = new WeakMap<View, Map<string, RawBuilder<unknown>>>();

/**
 * The columns under the names of their fields: `"play_count" as "playCount"`. All of these names are the catalogue's,
 * so they can stand in the text as they are.
 */
export function columnsAs<Field extends string>(
  view: View<Field>,
  fields: readonly Field[],
): RawBuilder<unknown> {
  const known = lists.get(view) ?? new Map<string, RawBuilder<unknown>>();
  lists.set(view, known);
  const key = composedKey(...fields);
  const list =
    known.get(key) ??
    sql.raw(fields.map((field) => `"${view.columns[field].name}" as "${field}"`).join(', '));
  // There are only so many lists of fields of a view that documents ask for; a flood of others is not kept.
  if (known.size < maxColumnLists) known.set(key, list);
  return list;
}

/** A condition on one column, whose text is the same whatever the value. */
export interface Match<Field extends string = string> {
  readonly field: Field;
  /** One value, or several of which one has to be there. */
  readonly value: unknown;
}

/** The parts of a SELECT from one view; every repository builds its queries with this. */
export interface Reading<Field extends string> {
  readonly view: View<Field>;
  readonly fields: readonly Field[];
  readonly where?: RawBuilder<SqlBool> | Match<Field> | undefined;
  readonly orderBy?: RawBuilder<unknown> | undefined;
  /**
   * How many rows at most: a whole number. It stands in the text, because a plan that is to be good for any number of
   * rows is none that the server would keep.
   */
  readonly limit?: number | undefined;
}

/** How much memory the texts of statements may take that are kept, in bytes. */
const statementBytes = 4_000_000;

/** The texts of statements whose values alone differ, by their ordering and their fields. */
const texts = new LRUCache<string, string>({
  maxSize: statementBytes,
  sizeCalculation: (text, key) => 300 + textBytes(key) + textBytes(text),
});

export function select<Row>(
  database: Pick<Database, 'kysely'>,
  reading: Reading<string>,
): CompiledQuery<Row> {
  const { view, fields, where, orderBy, limit } = reading;
  if (where && !isMatch(where)) return compose<Row>(database, reading, where);
  const key = composedKey(
    idOf(orderBy ?? view),
    idOf(fields),
    view.name,
    where?.field,
    Array.isArray(where?.value),
    limit,
  );
  let text = texts.get(key);
  if (text === undefined) {
    text = compose<Row>(database, reading, where && conditionOf(view, where)).sql;
    texts.set(key, text);
  }
  return CompiledQuery.raw(text, where ? [where.value] : []) as CompiledQuery<Row>;
}

function isMatch(where: RawBuilder<SqlBool> | Match): where is Match {
  return 'field' in where;
}

function conditionOf(view: View, { field, value }: Match): RawBuilder<SqlBool> {
  const column = reference(view.columns[field] as Column);
  return Array.isArray(value) ? sql`${column} = any(${value})` : sql`${column} = ${value}`;
}

function compose<Row>(
  database: Pick<Database, 'kysely'>,
  { view, fields, orderBy, limit }: Reading<string>,
  where: RawBuilder<SqlBool> | undefined,
): CompiledQuery<Row> {
  const parts = [sql`select ${columnsAs(view, fields)}, ${stateColumn} from ${sql.table(view.name)}`];
  if (where) parts.push(sql`where ${where}`);
  if (orderBy) parts.push(sql`order by ${orderBy}`);
  if (limit !== undefined) parts.push(sql`limit ${sql.lit(limit)}`);
  return sql<Row>`${sql.join(parts, sql` `)}`.compile(database.kysely);
}
