import pg from 'pg';

// Counts come as numbers, as anybody would have them who knows that they stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** The pool of every peer that is written by hand: as large as the gateway's. */
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

export async function rows(sql, values) {
  return (await pool.query(sql, values)).rows;
}
