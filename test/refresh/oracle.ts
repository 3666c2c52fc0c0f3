import { readFileSync } from 'node:fs';
import type { Session } from './engine.js';

export const viewNames = [
  'mv_artist_analytics',
  'mv_song_analytics',
  'mv_platform_stats',
  'mv_top_songs_week',
  'mv_listener_activity',
  'mv_genre_stats',
] as const;

const definitions = new Map(
  viewNames.map((name) => [
    name,
    readFileSync(new URL(`../../migrations/views/${name}.plain.sql`, import.meta.url), 'utf8'),
  ]),
);

/**
 * Rows in which a view and its plain definition over the three tables differ, as text; empty when every row and
 * column is equal. One statement, so that both sides are read at one moment.
 */
export async function findDifferences(session: Session, asOf: string): Promise<string[]> {
  const parts = [...definitions].map(([name, definition]) => {
    const truth = `(${definition.replaceAll(':as_of', `timestamptz '${asOf}'`)})`;
    return `(select '${name} published: ' || row::text as difference from (select * from ${name} except all ${truth}) row limit 3)
      union all (select '${name} expected: ' || row::text from (${truth} except all select * from ${name}) row limit 3)`;
  });
  const rows = await session.query<{ difference: string }>(parts.join(' union all '));
  return rows.map((row) => row.difference);
}
