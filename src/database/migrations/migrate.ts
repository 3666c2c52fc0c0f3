import { AdoptionError } from '../adoption/conflict.js';
import { listConflicts, listRowConflicts } from '../adoption/list-conflicts.js';
import type { Database } from '../database.js';
import type { Session } from '../session/session.js';
import type { Migration } from './list-migrations.js';
import { restoreViews } from './missing-views.js';
import { findPending, type Pending } from './pending.js';
import { replaceView } from './replace-view.js';
import { ownVersion } from './version.js';

/** The server refused a statement of a migration. None of the migrations was applied then. */
export class MigrationError extends Error {
  constructor(
    readonly migration: string,
    override readonly cause: Error & { code?: string; hint?: string; detail?: string },
  ) {
    // What depends on a view that has to be replaced is in the detail.
    const detail = cause.code === '2BP01' && cause.detail ? ` (${cause.detail})` : '';
    super(`The migration ${migration} cannot be applied; nothing was changed: ${cause.message}${detail}`);
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
 * @param onApplied told of the migrations, once they are committed.
 * @param onRestored told of each view that was put back.
 * @returns the names of the migrations that this call applied.
 * @throws AdoptionError when something of the user's stands in the way; it names everything that does.
 */
export async function migrate(
  database: Database,
  onApplied?: (migrations: readonly Migration[]) => void,
  onRestored?: (what: string) => void,
): Promise<string[]> {
  const applied = await database.transaction(async (session) => {
    await session.query('set local statement_timeout = 0');
    await session.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const pending = await findPending(session);
    if (pending.migrations.length === 0) return [];
    await requireNoConflicts(session, pending);
    await waitForRefresh(session);
    // Waiting for a lock on a busy table holds up everybody behind, so the wait is short.
    await session.query(`set local lock_timeout = '${tableLockLimit}'`);
    await prepareRecord(session, pending);
    await apply(session, pending.migrations);
    return pending.migrations;
  });
  if (applied.length > 0) onApplied?.(applied);
  for (const what of await restoreViews(database)) onRestored?.(what);
  return applied.map(({ name }) => name);
}

async function requireNoConflicts(session: Session, pending: Pending): Promise<void> {
  const conflicts = [
    ...(await listConflicts(session, pending)),
    ...((await listRowConflicts(session, pending)) ?? []),
  ];
  if (conflicts.length > 0) throw new AdoptionError(conflicts);
}

async function prepareRecord(session: Session, { isOurs, baselineToRecord }: Pending): Promise<void> {
  if (!isOurs)
    await session.query(`
      create schema if not exists analytics;
      create table analytics.migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now(),
        version text
      )`);
  if (!baselineToRecord) return;
  await session.query('alter table analytics.migrations add column if not exists version text');
  await record(session, baselineToRecord);
}

/** A refresh must not go on with other functions than it began with. It blocks nobody who only reads. */
async function waitForRefresh(session: Session): Promise<void> {
  const { rows } = await session.query<{ exists: boolean }>(
    `select to_regclass('analytics.engine') is not null as exists`,
  );
  if (rows[0]!.exists) await session.query('select from analytics.engine for update');
}

async function apply(session: Session, migrations: readonly Migration[]): Promise<void> {
  // Functions call each other in any order.
  await session.query('set local check_function_bodies = off');
  // Functions keep this path (`set search_path from current`), so it must not hold schemas that others can write to.
  await session.query(`select set_config('search_path', format('%I, pg_temp', current_schema()), true)`);
  for (const migration of migrations) {
    const applying =
      migration.kind === 'view' ? replaceView(session, migration) : session.query(migration.sql);
    await applying.catch((error) => explain(error, migration));
    await record(session, migration);
  }
  await session
    .query('select analytics.install_capture()')
    .catch((error) => explain(error, { name: 'functions/install_capture' }));
}

async function record(session: Session, { name, checksum }: Migration): Promise<void> {
  await session.query(
    `insert into analytics.migrations (name, checksum, version) values ($1, $2, $3)
     on conflict (name) do update set checksum = excluded.checksum, version = excluded.version, applied_at = now()`,
    [name, checksum, ownVersion],
  );
}

function explain(error: Error & { code?: string }, { name }: Pick<Migration, 'name'>): never {
  const isBusy = error.code === '55P03' || error.code === '40P01';
  if (!isBusy) throw new MigrationError(name, error);
  throw new Error(
    `A table that has to be changed was in use for more than ${tableLockLimit}; nothing was changed. End long transactions on artists, songs and plays, then try again.`,
  );
}
