import { listMigrations, type Migration } from '../../database/migrations/list-migrations.js';
import { listForeignMigrations } from '../../database/migrations/pending.js';
import { summarizeMigrations } from '../../database/migrations/summarize.js';
import { compareVersions, ownVersion } from '../../database/migrations/version.js';
import type { Session } from '../../database/session/session.js';
import type { Check, Facts } from '../checked-database.js';
import { type Finding, fault, hint, ok } from '../finding.js';

/** Migrations that the database lacks, and those that belong to another version of the gateway. */
export const checkMigrations: Check = async ({ facts }, session) => {
  const foreign = facts.isOurs ? await describeForeign(session) : [];
  if (foreign.some(({ level }) => level === 'fault')) return foreign;
  const pending = facts.isMigrated ? [] : [describePending(facts)];
  const findings = [...foreign, ...pending];
  return findings.length > 0 ? findings : [ok('The schema is up to date')];
};

function describePending({ pending, isOurs, tables }: Facts): Finding {
  const isAdopting = !isOurs && tables.length > 0;
  return hint(
    `The schema is not up to date; pending: ${summarizeMigrations(pending.migrations).join(', ')}`,
    `\`mycelix-analytics migrate\` applies them${isAdopting ? '.' : '; `serve` does so by itself.'}`,
  );
}

async function describeForeign(session: Session): Promise<Finding[]> {
  const { unknown, changed, outdated } = await listForeignMigrations(session);
  const findings: Finding[] = [];
  if (outdated) findings.push(fault(outdated, 'Nothing can be migrated or served until then.'));
  if (changed.length > 0)
    findings.push(
      fault(
        `Other than when they were applied: the migrations ${changed.join(', ')}`,
        'Use the version of the gateway that belongs to this database, or a newer one.',
      ),
    );
  if (unknown.length > 0)
    findings.push(
      hint(
        `This version does not know the migrations ${unknown.join(', ')}`,
        'A newer gateway made them; use that one here, too.',
      ),
    );
  const newer = await findNewerDefinitions(session);
  if (newer)
    findings.push(
      hint(
        `The gateway ${newer.version}, newer than this one (${ownVersion}), changed ${summarizeMigrations(newer.changed).join(', ')}`,
        'This version leaves them as they are. Use the newer one here, too.',
      ),
    );
  return findings;
}

interface NewerDefinitions {
  /** The newest version that migrated this database. */
  readonly version: string;
  /** Functions and views that are defined otherwise than in this version. */
  readonly changed: readonly Migration[];
}

/** What a newer gateway changed without a step, which this version neither lacks nor undoes; null if there is nothing. */
async function findNewerDefinitions(session: Session): Promise<NewerDefinitions | null> {
  // As JSON, because the column `version` was added to the table later.
  const { rows } = await session.query<{ name: string; checksum: string; version: string | null }>(
    `select name, checksum, to_jsonb(migrations) ->> 'version' as version from analytics.migrations`,
  );
  const version = rows
    .flatMap((row) => row.version ?? [])
    .sort(compareVersions)
    .at(-1);
  if (version === undefined || compareVersions(version, ownVersion) <= 0) return null;
  const checksums = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const changed = (await listMigrations()).filter(
    ({ kind, name, checksum }) => kind !== 'step' && checksums.has(name) && checksums.get(name) !== checksum,
  );
  return changed.length > 0 ? { version, changed } : null;
}
