import type pg from 'pg';

/** How often the gateway read a view, by the view's name. */
export type Reads = ReadonlyMap<string, number>;

/**
 * The gateway quotes the names of the views, and nobody else who is there during a measurement does. The names that
 * its statements carry in a comment do not help: PostgreSQL 18 keeps no text from before the first word.
 */
export async function readsOfViews(client: pg.Client): Promise<Reads> {
  const { rows } = await client.query<{ view: string; calls: string }>(
    `select substring(query from '"(mv_[a-z_]+)"') as view, sum(calls) as calls
     from pg_stat_statements where query like '%"mv_%' group by 1`,
  );
  return new Map(rows.map(({ view, calls }) => [view, Number(calls)]));
}

export function readsBetween(before: Reads, after: Reads): Record<string, number> {
  return Object.fromEntries(
    [...after]
      .map(([view, calls]): [string, number] => [view, calls - (before.get(view) ?? 0)])
      .filter(([, calls]) => calls > 0),
  );
}

export function total(reads: Readonly<Record<string, number>>): number {
  return Object.values(reads).reduce((sum, calls) => sum + calls, 0);
}
