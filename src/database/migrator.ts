import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { requireAdoptable } from './adoption.js';
import type { Database } from './database.js';
import { restoreViews } from './missing-views.js';

export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface Migration {
  /** The file's name without its ending, such as `0001_source_tables`. */
  readonly name: string;
  readonly sql: string;
}

/** A migration whose file is another one than when this database took it. */
export class ChangedMigration extends Error {
  constructor(name: string) {
    super(
      `The migration ${name} was changed after it had been applied to this database. Use the version of the gateway that belongs to it, or a newer one.`,
    );
    this.name = 'ChangedMigration';
  }
}

/** All migrations of this version, in their order. */
export async function listMigrations(folder: string = migrationsFolder): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[\w]+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: await readFile(`${folder}/${file}`, 'utf8'),
    })),
  );
}

/** The number is arbitrary; it only has to be the same in every process that migrates. */
const lockKey = 7_130_264_411;

const tableLockLimit = '15s';

/**
 * Brings the schema forward, one transaction a migration, and puts back views that somebody dropped or renamed. Any number of processes may do this at once: each takes
 * the same lock inside its transaction and looks again at what is there, so every step happens once.
 * @returns the names of the migrations that this call applied.
 * @throws AdoptionError when tables are there that cannot be adopted; nothing was changed then.
 */
export async function migrate(
  database: Database,
  onApplied?: (name: string) => void,
  onRestored?: (what: string) => void,
): Promise<string[]> {
  const applied: string[] = [];
  const migrations = await listMigrations();
  for (const migration of migrations) {
    const isNew = await database.transaction(async (client) => {
      await client.query('set local statement_timeout = 0');
      await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
      // Whoever waits for a lock on a busy table holds up everybody behind him, so the wait is short.
      await client.query(`set local lock_timeout = '${tableLockLimit}'`);
      if (await isApplied(client, migration)) return false;
      if (migration.name.startsWith('0001_')) await requireAdoptable(client);
      await client.query(migration.sql).catch(explainLock);
      await client.query('insert into analytics.migrations (name, checksum) values ($1, $2)', [
        migration.name,
        checksum(migration),
      ]);
      return true;
    });
    if (isNew) {
      applied.push(migration.name);
      onApplied?.(migration.name);
    }
  }
  const restored = await restoreViews(
    database,
    migrations.map(({ sql }) => sql),
  );
  for (const what of restored) onRestored?.(what);
  return applied;
}

/** The names of the migrations that this database still lacks. Changes nothing. */
export async function listPendingMigrations(database: Database): Promise<string[]> {
  const migrations = await listMigrations();
  const { rows } = await database.pool.query<{ there: boolean }>(
    `select to_regclass('analytics.migrations') is not null as there`,
  );
  if (!rows[0]?.there) return migrations.map((migration) => migration.name);
  const done = await database.pool.query<{ name: string }>('select name from analytics.migrations');
  const names = new Set(done.rows.map((row) => row.name));
  return migrations.filter((migration) => !names.has(migration.name)).map((migration) => migration.name);
}

async function isApplied(client: pg.PoolClient, migration: Migration): Promise<boolean> {
  // Asked first, because even "create … if not exists" needs the right to create.
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('analytics.migrations') is not null as there`,
  );
  if (!found[0]?.there)
    await client.query(`
      create schema if not exists analytics;
      create table analytics.migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      );`);
  const { rows } = await client.query<{ checksum: string }>(
    'select checksum from analytics.migrations where name = $1',
    [migration.name],
  );
  const [row] = rows;
  if (row && row.checksum !== checksum(migration)) throw new ChangedMigration(migration.name);
  return row !== undefined;
}

function explainLock(error: Error & { code?: string }): never {
  if (error.code !== '55P03') throw error;
  throw new Error(
    `A table that has to be changed was in use for more than ${tableLockLimit}; nothing was changed. End long transactions on artists, songs and plays, then try again.`,
    { cause: error },
  );
}

/** What this database took and this version does not have, or has otherwise. Changes nothing. */
export async function listForeignMigrations(
  client: pg.ClientBase,
): Promise<{ readonly unknown: string[]; readonly changed: string[] }> {
  const known = new Map((await listMigrations()).map((migration) => [migration.name, checksum(migration)]));
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

function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
