import type pg from 'pg';

/** One statement as the driver takes it. */
export interface Statement {
  readonly name?: string | undefined;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Asks a connection. The driver's own promises keep every row that they were settled with alive until the next full
 * collection of garbage, which halves what a process can read in a second; those that are made here do not.
 */
export function ask<Row>(client: pg.ClientBase, { name, text, values }: Statement): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query<Row & object>({ name, text, values } as pg.QueryConfig, (error: unknown, result) =>
      error ? reject(error) : resolve(result.rows),
    );
  });
}
