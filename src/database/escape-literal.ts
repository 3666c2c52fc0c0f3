import pg from 'pg';

/** A text as a literal in SQL, for statements that take no parameters. */
export const escapeLiteral = pg.escapeLiteral;
