import type pg from 'pg';

/** A statement with the shape of its rows. */
export interface Question {
  readonly text: string;
  readonly values?: unknown[];
  /** Rows as lists of values instead of objects. */
  readonly rowMode?: 'array';
}

/**
 * A promise of the rows of a statement, whose failure is what the driver said. It is made of a callback, because the rows that
 * the driver's own promises were settled with stay in memory until the next full garbage collection.
 */
export function rowsOf<Row>(client: pg.ClientBase | pg.Pool, question: Question): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query(question as pg.QueryConfig, (error, result) =>
      error ? reject(error) : resolve(result.rows as Row[]),
    );
  });
}
