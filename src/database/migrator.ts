import type pg from 'pg';
import { AdoptionError } from './adoption/conflict.js';
import { listConflicts, listRowConflicts } from './adoption/list-conflicts.js';
import type { Database } from './database.js';
import { listMigrations, type Migration } from './list-migrations.js';
import { restoreViews } from './missing-views.js';

export { listMigrations, type Migration };

/** A migration whose file is another one than when this database took it. */
export class ChangedMigration extends Error {
  constructor(name: string) {
    super(
      `The migration ${name} was changed after it had been applied to this database. Use the version of the gateway that belongs to it, or a newer one.`,
    );
    this.name = 'ChangedMigration';
  }
}

/** The server refused a statement of a migration. None of the migrations was applied then. */
export class MigrationError extends Error {
  constructor(
    readonly migration: string,
    override readonly cause: Error & { code?: string; hint?: string },
  ) {
    super(`The migration ${migration} cannot be applied; nothing was changed: ${cause.message}`);
    this.name = 'MigrationError';
  }
}

/** The number is arbitrary; it only has to be the same in every process that migrates. */
const lockKey = 7_130_264_411;

const tableLockLimit = '15s';

/**
 * Brings the schema forward, in one transaction: either all pending migrations are applied or none. Then puts back views
 * that somebody dropped or renamed. Any number of processes may do this at once; they take the same lock, and the later
 * ones find nothing left to do.
 * @param onApplied told of each migration once all of them are committed.
 * @returns the names of the migrations that this call applied.
 * @throws AdoptionError when something of the user's stands in the way; it names everything that does.
 */
export async function migrate(
  database: Database,
  onApplied?: (name: string) => void,
  onRestored?: (what: string) => void,
): Promise<string[]> {
  const applied = await database.transaction(async (client) => {
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const { pending, isOurs } = await findPending(client);
    if (pending.length === 0) return [];
    await requireNoConflicts(client, pending, isOurs);
    // Waiting for a lock on a busy table holds up everybody behind, so the wait is short.
    await client.query(`set local lock_timeout = '${tableLockLimit}'`);
    if (!isOurs) await client.query(recordOfMigrations);
    const { rows } = await client.query<{ path: string }>(`select current_setting('search_path') as path`);
    for (const migration of pending) {
      // Some migrations set a path for the functions that they make.
      await client.query(`select set_config('search_path', $1, true)`, [rows[0]!.path]);
      await client.query(migration.sql).catch((error) => explain(error, migration));
      await client.query('insert into analytics.migrations (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ]);
    }
    return pending.map((migration) => migration.name);
  });
  for (const name of applied) onApplied?.(name);
  const restored = await restoreViews(
    database,
    (await listMigrations()).map(({ sql }) => sql),
  );
  for (const what of restored) onRestored?.(what);
  return applied;
}

const recordOfMigrations = `
  create schema if not exists analytics;
  create table analytics.migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );`;

async function requireNoConflicts(client: pg.ClientBase, pending: readonly Migration[], isOurs: boolean) {
  const conflicts = [
    ...(await listConflicts(client, pending, isOurs)),
    ...((await listRowConflicts(client, pending)) ?? []),
  ];
  if (conflicts.length > 0) throw new AdoptionError(conflicts);
}

/** The migrations that this database still lacks. Changes nothing. */
export async function findPending(
  client: pg.ClientBase | pg.Pool,
): Promise<{ readonly pending: Migration[]; readonly isOurs: boolean }> {
  const migrations = await listMigrations();
  const isOurs = await hasOwnSchema(client);
  if (!isOurs) return { pending: migrations, isOurs };
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from analytics.migrations',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  for (const { name, checksum } of migrations)
    if (applied.has(name) && applied.get(name) !== checksum) throw new ChangedMigration(name);
  return { pending: migrations.filter(({ name }) => !applied.has(name)), isOurs };
}

/** Whether the gateway's own schema was made or begun here; a user may have a schema of the same name. */
export async function hasOwnSchema(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query<{ isOurs: boolean }>(
    `select exists (select from pg_attribute
       where attrelid = to_regclass('analytics.migrations') and attname = 'checksum') as "isOurs"`,
  );
  return rows[0]!.isOurs;
}

/** The names of the migrations that this database still lacks, changed ones aside. Changes nothing. */
export async function listPendingMigrations(database: Database): Promise<string[]> {
  const migrations = await listMigrations();
  if (!(await hasOwnSchema(database.pool))) return migrations.map((migration) => migration.name);
  const { rows } = await database.pool.query<{ name: string }>('select name from analytics.migrations');
  const names = new Set(rows.map((row) => row.name));
  return migrations.filter(({ name }) => !names.has(name)).map(({ name }) => name);
}

function explain(error: Error & { code?: string }, migration: Migration): never {
  if (error.code !== '55P03') throw new MigrationError(migration.name, error);
  throw new Error(
    `A table that has to be changed was in use for more than ${tableLockLimit}; nothing was changed. End long transactions on artists, songs and plays, then try again.`,
  );
}

/** What this database took and this version does not have, or has otherwise. Changes nothing. */
export async function listForeignMigrations(
  client: pg.ClientBase,
): Promise<{ readonly unknown: string[]; readonly changed: string[] }> {
  const known = new Map((await listMigrations()).map(({ name, checksum }) => [name, checksum]));
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from analytics.migrations order by name',
  );
  return {
    unknown: rows.filter((row) => !known.has(row.name)).map((row) => row.name),
    changed: rows
      .filter((row) => known.has(row.name) && known.get(row.name) !== row.checksum)
      .map((row) => row.name),
  };
}
