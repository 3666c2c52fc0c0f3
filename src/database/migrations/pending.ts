import type { Queryable, Session } from '../session/session.js';
import { formerSteps, lastFormerStep } from './former-steps.js';
import { listMigrations, type Migration } from './list-migrations.js';
import { compareVersions, ownVersion } from './version.js';

/** A step whose file has changed since this database applied it. */
export class ChangedMigration extends Error {
  constructor(name: string) {
    super(
      `The migration ${name} was changed after it had been applied to this database. Use the version of the gateway that belongs to it, or a newer one.`,
    );
    this.name = 'ChangedMigration';
  }
}

/** A database that stopped at a step of the former numbering that cannot be continued from. */
export class OutdatedSchema extends Error {
  constructor(last: string) {
    super(
      `The schema of this database ends with the migration ${last}; expected ${lastFormerStep} or later. Migrate it with the version of the gateway that made it first. If it was never refreshed, \`drop schema analytics cascade\` and migrate again.`,
    );
    this.name = 'OutdatedSchema';
  }
}

const baseline = '0001_baseline';

export interface Pending {
  readonly migrations: readonly Migration[];
  /** Whether the gateway's own schema exists. */
  readonly isOurs: boolean;
  /** Pending migrations that make something this database does not have under any definition. */
  readonly additions: readonly Migration[];
  /** The baseline, where the former steps made its tables and it only has to be recorded; else null. */
  readonly baselineToRecord: Migration | null;
}

/**
 * What this version would change in a database. Changes nothing.
 * @throws ChangedMigration
 * @throws OutdatedSchema
 */
export async function findPending(database: Queryable): Promise<Pending> {
  const all = await listMigrations();
  if (!(await hasOwnSchema(database)))
    return { migrations: all, isOurs: false, additions: all, baselineToRecord: null };
  const applied = await readApplied(database);
  const hasFormerSteps = applied.has(lastFormerStep) && !applied.has(baseline);
  if (isOutdated(applied)) throw new OutdatedSchema([...applied.keys()].sort().at(-1)!);
  const isNewer = wasNewer(applied);
  const migrations: Migration[] = [];
  for (const migration of all) {
    const record = applied.get(migration.name);
    if (migration.kind === 'step') {
      if (record && record.checksum !== migration.checksum) throw new ChangedMigration(migration.name);
      if (!record && !(hasFormerSteps && migration.name === baseline)) migrations.push(migration);
    } else if (record?.checksum !== migration.checksum && !isNewer) {
      // A newer gateway's functions and views are left alone by older ones.
      migrations.push(migration);
    }
  }
  return {
    migrations,
    isOurs: true,
    additions: hasFormerSteps ? [] : migrations.filter(({ name }) => !applied.has(name)),
    baselineToRecord: hasFormerSteps ? (all.find(({ name }) => name === baseline) ?? null) : null,
  };
}

/** The same, but everything is pending where this version cannot migrate the database. See `listForeignMigrations`. */
export async function findPendingOrAll(database: Queryable): Promise<Pending> {
  return findPending(database).catch(async (error) => {
    if (!(error instanceof ChangedMigration || error instanceof OutdatedSchema)) throw error;
    return { migrations: await listMigrations(), isOurs: true, additions: [], baselineToRecord: null };
  });
}

/** Whether the gateway's own schema was made or begun here; a user may have a schema of the same name. */
async function hasOwnSchema(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ isOurs: boolean }>(
    `select exists (select from pg_attribute
       where attrelid = to_regclass('analytics.migrations') and attname = 'checksum') as "isOurs"`,
  );
  return rows[0]!.isOurs;
}

/** What belongs to other versions: steps that this one does not know, or knows with another text. Changes nothing. */
export async function listForeignMigrations(
  session: Session,
): Promise<{ readonly unknown: string[]; readonly changed: string[]; readonly outdated: string | null }> {
  const known = new Map((await listMigrations()).map((migration) => [migration.name, migration]));
  const applied = await readApplied(session);
  const names = [...applied.keys()].sort();
  return {
    unknown: names.filter((name) => !known.has(name) && !formerSteps.has(name)),
    changed: names.filter((name) => {
      const migration = known.get(name);
      return migration?.kind === 'step' && migration.checksum !== applied.get(name)?.checksum;
    }),
    outdated: isOutdated(applied) ? new OutdatedSchema(names.at(-1)!).message : null,
  };
}

/** Whether a newer version of the gateway migrated a database. Its functions and views are not for this one to change. */
export async function isOfNewerVersion(session: Session): Promise<boolean> {
  return wasNewer(await readApplied(session));
}

function wasNewer(applied: ReadonlyMap<string, Applied>): boolean {
  return [...applied.values()].some(
    ({ version }) => version !== null && compareVersions(version, ownVersion) > 0,
  );
}

function isOutdated(applied: ReadonlyMap<string, unknown>): boolean {
  return applied.size > 0 && !applied.has(baseline) && !applied.has(lastFormerStep);
}

interface Applied {
  readonly checksum: string;
  /** The gateway that applied it; null before versions were recorded. */
  readonly version: string | null;
}

async function readApplied(database: Queryable): Promise<Map<string, Applied>> {
  // As JSON, because the column `version` was added to the table later.
  const { rows } = await database.query<{ name: string; checksum: string; version: string | null }>(
    `select name, checksum, to_jsonb(migrations) ->> 'version' as version from analytics.migrations`,
  );
  return new Map(rows.map(({ name, checksum, version }) => [name, { checksum, version }]));
}
