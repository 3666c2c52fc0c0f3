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

/** What to select from for the rows of a view at the last refresh: a view that waits for its schedule shows an earlier one. */
export async function findNewestRows(session: Session): Promise<(view: string) => string> {
  const behind = await session.query<{ view: string; definition: string }>(
    `select view, rtrim(pg_get_viewdef(to_regclass(view)), ';') as definition from analytics.view_freshness where is_behind`,
  );
  const waiting = new Map(behind.map(({ view, definition }) => [view, `(${definition}) waiting`]));
  return (view) => waiting.get(view) ?? view;
}

/**
 * Rows in which a view (or what it is going to show when its schedule comes) and its plain definition over the three tables differ, as text; empty when every row and
 * column is equal. One statement, so that both sides are read at one moment.
 */
export async function findDifferences(session: Session, asOf: string): Promise<string[]> {
  const newest = await findNewestRows(session);
  const parts = [...definitions].map(([name, definition]) => {
    const shown = newest(name);
    const publishedAt = shown === name ? publishedAsOf(name) : `timestamptz '${asOf}'`;
    const truth = `(${definition.replaceAll(':as_of', `timestamptz '${asOf}'`).replaceAll(':published_as_of', publishedAt)})`;
    return `(select '${name} published: ' || row::text as difference from (select * from ${shown} except all ${truth}) row limit 3)
      union all (select '${name} expected: ' || row::text from (${truth} except all select * from ${shown}) row limit 3)`;
  });
  const rows = await session.query<{ difference: string }>(parts.join(' union all '));
  return rows.map((row) => row.difference);
}
