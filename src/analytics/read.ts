import { CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/database.js';
import type { Column, View } from '../views/catalogue.js';
import { generationColumn } from '../views/reading.js';

/** A column of a view, quoted for SQL. */
export function reference(column: Column): RawBuilder<unknown> {
  return sql.ref(column.name);
}

const mostLists = 500;

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
  const key = fields.join(' ');
  const list =
    known.get(key) ??
    sql.raw(fields.map((field) => `"${view.columns[field].name}" as "${field}"`).join(', '));
  // There are only so many lists of fields of a view that documents ask for; a flood of others is not kept.
  if (known.size < mostLists) known.set(key, list);
  return list;
}

/** The parts of a SELECT from one view; every repository builds its queries with this. */
export interface Reading<Field extends string> {
  readonly view: View<Field>;
  readonly fields: readonly Field[];
  readonly where?: RawBuilder<SqlBool> | undefined;
  readonly orderBy?: RawBuilder<unknown> | undefined;
  readonly limit?: number | undefined;
}

/** The texts of statements without conditions, by their ordering and columns; only their limit differs. */
const texts = new WeakMap<object, Map<string, string>>();

export function select<Row>(
  database: Pick<Database, 'kysely'>,
  reading: Reading<string>,
): CompiledQuery<Row> {
  if (reading.where) return compose<Row>(database, reading);
  const place = reading.orderBy ?? reading.view;
  const known = texts.get(place) ?? new Map<string, string>();
  texts.set(place, known);
  const key = `${reading.view.name} ${reading.limit === undefined} ${reading.fields.join(' ')}`;
  const text = known.get(key) ?? compose<Row>(database, reading).sql;
  if (known.size < mostLists) known.set(key, text);
  return CompiledQuery.raw(text, reading.limit === undefined ? [] : [reading.limit]) as CompiledQuery<Row>;
}

function compose<Row>(database: Pick<Database, 'kysely'>, reading: Reading<string>): CompiledQuery<Row> {
  const parts = [
    sql`select ${columnsAs(reading.view, reading.fields)}, ${generationColumn} from ${sql.table(reading.view.name)}`,
  ];
  if (reading.where) parts.push(sql`where ${reading.where}`);
  if (reading.orderBy) parts.push(sql`order by ${reading.orderBy}`);
  if (reading.limit !== undefined) parts.push(sql`limit ${reading.limit}`);
  return sql<Row>`${sql.join(parts, sql` `)}`.compile(database.kysely);
}
