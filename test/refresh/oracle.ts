import { readdirSync, readFileSync } from 'node:fs';
import type { Session } from './engine.js';

const folder = new URL('../../migrations/views/', import.meta.url);

/** The views that have a plain definition. */
export const viewNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.plain.sql'))
  .map((file) => file.replace('.plain.sql', ''));

const definitions = new Map(
  viewNames.map((name) => [name, readFileSync(new URL(`${name}.plain.sql`, folder), 'utf8')]),
);

/** The instant of the last refresh that published a view: the others leave it as it is. */
const publishedAsOf = (view: string) =>
  `(select as_of from analytics.refresh_ledger where phases ? '${view}' order by id desc limit 1)`;

/**
 * Rows in which a view and its plain definition over the three tables differ, as text; empty when every row and
 * column is equal. One statement, so that both sides are read at one moment.
 */
export async function findDifferences(session: Session, asOf: string): Promise<string[]> {
  const parts = [...definitions].map(([name, definition]) => {
    const truth = `(${definition.replaceAll(':as_of', `timestamptz '${asOf}'`).replaceAll(':published_as_of', publishedAsOf(name))})`;
    return `(select '${name} published: ' || row::text as difference from (select * from ${name} except all ${truth}) row limit 3)
      union all (select '${name} expected: ' || row::text from (${truth} except all select * from ${name}) row limit 3)`;
  });
  const rows = await session.query<{ difference: string }>(parts.join(' union all '));
  return rows.map((row) => row.difference);
}
