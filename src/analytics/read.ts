import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Column, View } from '../views/catalogue.js';
import { generationColumn } from '../views/reading.js';

/** A column of a view, quoted for SQL. */
export function reference(column: Column): RawBuilder<unknown> {
  return sql.ref(column.name);
}

/** The columns under the names of their fields: `"play_count" as "playCount"`. */
export function columnsAs<Field extends string>(
  view: View<Field>,
  fields: readonly Field[],
): RawBuilder<unknown> {
  return sql.join(fields.map((field) => sql`${reference(view.columns[field])} as ${sql.id(field)}`));
}

/** The parts of a SELECT from one view; every repository builds its queries with this. */
export interface Reading<Field extends string> {
  readonly view: View<Field>;
  readonly fields: readonly Field[];
  readonly where?: RawBuilder<SqlBool> | undefined;
  readonly orderBy?: RawBuilder<unknown> | undefined;
  readonly limit?: number | undefined;
}

export function select<Row>(
  database: { kysely: Kysely<never> } | { kysely: unknown },
  reading: Reading<string>,
) {
  const parts = [
    sql`select ${columnsAs(reading.view, reading.fields)}, ${generationColumn} from ${sql.table(reading.view.name)}`,
  ];
  if (reading.where) parts.push(sql`where ${reading.where}`);
  if (reading.orderBy) parts.push(sql`order by ${reading.orderBy}`);
  if (reading.limit !== undefined) parts.push(sql`limit ${reading.limit}`);
  return sql<Row>`${sql.join(parts, sql` `)}`.compile(database.kysely as Kysely<never>);
}
