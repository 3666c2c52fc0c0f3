import type pg from 'pg';

/** A statement as the driver takes it. */
export interface Asked {
  readonly text: string;
  readonly values: unknown[];
}

export type OnRows = (rows: unknown[]) => void;
export type OnError = (error: unknown) => void;

/**
 * Asks a connection for the rows of a statement, and calls one of the two functions once; never throws. By callbacks: each promise on
 * the way costs about as much as reading a row, and the driver's own keep every row that they were settled with alive
 * until the next full garbage collection, which halves what a process can read in a second.
 */
export type Ask = (client: pg.ClientBase, statement: Asked, onRows: OnRows, onError: OnError) => void;

/** As one of the driver's own queries, planned for its values. */
export const ask: Ask = (client, { text, values }, onRows, onError) => {
  client.query({ text, values }, (error: unknown, result) => (error ? onError(error) : onRows(result.rows)));
};
