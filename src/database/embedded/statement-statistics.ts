import type { Extension, PGlite } from '@electric-sql/pglite';
import { pg_stat_statements } from '@electric-sql/pglite/contrib/pg_stat_statements';

/**
 * The files of pg_stat_statements. PGlite would preload it by a postgresql.conf that holds nothing else; the start
 * parameters do it and leave the file as it is.
 */
export const statementStatistics: Extension = {
  name: 'pg_stat_statements',
  async setup(lite, options) {
    const { bundlePath } = await pg_stat_statements.setup(lite, options);
    return { bundlePath };
  },
};

/**
 * Creates the extension where it is missing, also in a database of an earlier version. In a schema of its own, so that
 * nothing but the tables of the user is found without a schema.
 */
export async function countStatements(lite: PGlite): Promise<void> {
  const { rows } = await lite.query(`select from pg_extension where extname = 'pg_stat_statements'`);
  if (rows.length > 0) return;
  await lite.exec(
    'create schema if not exists extensions; create extension pg_stat_statements schema extensions',
  );
}
