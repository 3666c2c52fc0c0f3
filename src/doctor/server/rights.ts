import { viewNames } from '../../catalogue/index.js';
import type { Session } from '../../database/session/session.js';
import type { Check, Facts } from '../checked-database.js';
import { type Finding, fault, hint, ok } from '../finding.js';

/** What this user may do, against what migrating, reading and refreshing need. */
export const checkRights: Check = async ({ facts }, session) => {
  const findings = [
    ...(facts.isMigrated ? [] : await listMissingForMigrating(facts, session)),
    ...(await listMissingForReading(session)),
    ...(await listMissingForRefreshing(session)),
  ];
  return findings.length > 0 ? findings : [ok(`The user ${facts.user} has the rights that are needed`)];
};

async function listMissingForMigrating(facts: Facts, session: Session): Promise<Finding[]> {
  const user = quoted(facts.user);
  if (facts.schema === null)
    return [
      fault(
        'The search path names no schema that this user may use',
        `grant usage, create on schema public to ${user}`,
      ),
    ];
  const { rows } = await session.query<{ inSchema: boolean; inDatabase: boolean; foreign: string[] }>(
    `select has_schema_privilege(current_schema(), 'create') as "inSchema",
       has_database_privilege(current_database(), 'create') as "inDatabase",
       array(select relname::text from pg_class where oid in (select to_regclass(name) from unnest($1::text[]) name)
         and not pg_has_role(relowner, 'usage')) as "foreign"`,
    [facts.tables],
  );
  const { inSchema, inDatabase, foreign } = rows[0]!;
  const findings: Finding[] = [];
  if (!inSchema)
    findings.push(
      fault(
        `The user ${facts.user} may not create in the schema ${facts.schema}`,
        `As its owner: grant create on schema ${quoted(facts.schema)} to ${user}`,
      ),
    );
  if (!inDatabase)
    findings.push(
      fault(
        `The user ${facts.user} may not make the schema analytics`,
        `As the owner of the database: grant create on database ${quoted(facts.databaseName)} to ${user}`,
      ),
    );
  if (foreign.length > 0)
    findings.push(
      fault(
        `The user ${facts.user} does not own ${foreign.join(', ')}`,
        `Only an owner may add the column, triggers and indexes: run migrate as the owner, or grant that role to ${user}.`,
      ),
    );
  return findings;
}

/** A schema that may not be looked into hides its tables from to_regclass, so the catalogue is read. */
async function listMissingForReading(session: Session): Promise<Finding[]> {
  const { rows } = await session.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = 'analytics' and c.relkind = 'r' or c.oid in (
         select to_regclass(name) from unnest($1::text[]) name))
       and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')) order by 1`,
    [['artists', 'songs', 'plays', ...viewNames]],
  );
  if (rows.length === 0) return [];
  const names = rows.map((row) => row.name);
  return [
    fault(
      `This user may not read ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`,
      'As the owner: grant usage on schema analytics, and grant select on these, to this user.',
    ),
  ];
}

async function listMissingForRefreshing(session: Session): Promise<Finding[]> {
  const { rows } = await session.query<{ owner: string }>(
    `select distinct pg_get_userbyid(relowner) as owner from pg_class
     where relkind = 'm' and oid in (select to_regclass(name) from unnest($1::text[]) name)
       and not pg_has_role(relowner, 'usage')`,
    [viewNames],
  );
  return rows.map(({ owner }) =>
    hint(
      `The views belong to ${owner}, so this user cannot refresh them`,
      `Connect as ${owner}, or grant that role to this user; until then set REFRESH_SCHEDULE=off here.`,
    ),
  );
}

const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
