import { readFileSync } from 'node:fs';
import type { ViewName } from '../../src/catalogue/view.js';
import type { Database } from '../../src/database/database.js';
import { asOf } from '../support/fixture.js';

/** A row as the answers name it: field by field. */
export type Row = Record<string, unknown>;

const read = new WeakMap<Database, Map<ViewName, Promise<readonly Row[]>>>();

/**
 * What a view has to hold for the fixture: its plain definition over the three tables, read on the same database. The
 * fixture stays as it is, so this is asked once for each view.
 */
export async function readTruth(database: Database, view: ViewName): Promise<Row[]> {
  const views = read.get(database) ?? new Map<ViewName, Promise<readonly Row[]>>();
  const rows = views.get(view) ?? compute(database, view);
  read.set(database, views.set(view, rows));
  return [...(await rows)];
}

async function compute(database: Database, view: ViewName): Promise<Row[]> {
  const definition = readFileSync(
    new URL(`../../migrations/views/${view}.plain.sql`, import.meta.url),
    'utf8',
  );
  const { rows } = await database.query<Row>(
    definition.replaceAll(/:(published_)?as_of/g, `timestamptz '${asOf}'`),
  );
  return rows.map((row) =>
    canonical(Object.fromEntries(Object.entries(row).map(([name, value]) => [fieldOf(name), value]))),
  );
}

/** `plays_last_7_days` becomes `playsLast7Days`. */
function fieldOf(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const enumValue = new Map(
  ['pay-per-stream', 'gift-economy', 'patronage', 'auction'].map((value) => [
    value,
    value.replaceAll('-', '_').toUpperCase(),
  ]),
);

/** The same value written in one way: decimals without zeros at the end, strategies as GraphQL names them. */
export function canonical<T extends object>(row: T): Row {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      if (/strategy$/i.test(field)) return [field, enumValue.get(value as string) ?? value];
      if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value))
        return [field, value.replace(/\.?0+$/, '')];
      return [field, value];
    }),
  );
}

export function byKey(key: string): (one: Row, other: Row) => number {
  return (one, other) => (String(one[key]) < String(other[key]) ? -1 : 1);
}
