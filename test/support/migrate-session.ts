import { listMigrations } from '../../src/database/migrations/list-migrations.js';
import { publishedViewSql } from '../../src/database/migrations/replace-view.js';

/**
 * Applies the migrations to an empty or adopted database over any kind of session, in one transaction.
 * @param change may replace the SQL of a migration.
 */
export async function migrateSession(
  run: (sql: string) => Promise<unknown>,
  change: (name: string, sql: string) => string = (_name, sql) => sql,
): Promise<void> {
  await run('begin; set local check_function_bodies = off');
  await run(`select set_config('search_path', format('%I, pg_temp', current_schema()), true)`);
  for (const migration of await listMigrations()) {
    await run(change(migration.name, migration.sql));
    if (migration.kind === 'view') await run(publishedViewSql(migration));
  }
  await run('select analytics.install_capture()');
  await run('commit');
}
