import { listForeignMigrations } from '../../database/migrations/pending.js';
import { summarizeMigrations } from '../../database/migrations/summarize.js';
import type { Session } from '../../database/session/session.js';
import type { Check, Facts } from '../checked-database.js';
import { type Finding, fault, hint, ok } from '../finding.js';

/** Steps of the schema that the database lacks, and those that belong to another version of the gateway. */
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
  return findings;
}
