import type { Session } from '../session/session.js';
import { type Conflict, quoted } from './conflict.js';
import { neededColumns } from './needed-columns.js';

interface Place {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  /** Whether the plain name leads to it. */
  readonly isFound: boolean;
  readonly isCurrent: boolean;
  /** How many of the needed columns it has, whatever their case. */
  readonly matches: number;
}

/**
 * Tables that are not where the gateway looks for them: it would make empty ones beside them. Of tables in other
 * schemas only those count that look like the ones that are missing.
 */
export async function listPlaceConflicts(session: Session): Promise<Conflict[]> {
  const conflicts: Conflict[] = [];
  for (const [table, columns] of Object.entries(neededColumns)) {
    const { rows } = await session.query<Place & { currentSchema: string | null; user: string }>(
      `select nspname as schema, relname as name, relkind::text as kind, c.oid = to_regclass($1) as "isFound",
         nspname = current_schema() as "isCurrent", current_schema() as "currentSchema", current_user as "user",
         (select count(*)::int from pg_attribute where attrelid = c.oid and lower(replace(attname, '_', '')) = any ($2)) as matches
       from pg_class c join pg_namespace n on n.oid = relnamespace
       where lower(relname) = $1 and relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition
         and nspname <> 'information_schema' and nspname not like 'pg\\_%' and nspname <> 'analytics'
       order by matches desc, schema, name`,
      [table, Object.keys(columns).map((column) => column.replaceAll('_', ''))],
    );
    const found = rows.find((row) => row.isFound);
    if (found) {
      if (!['r', 'p'].includes(found.kind))
        conflicts.push({
          found: `${table}: expected a table, got a relation of another kind`,
          advice:
            'Changes can only be captured on a table. Rename this relation, and give its name to the underlying table.',
        });
      else if (!found.isCurrent)
        conflicts.push({
          found: `${table}: expected it in the schema ${found.currentSchema}, where new objects of this user are made, got it in the schema ${found.schema}`,
          advice: `Put its schema first: alter role ${quoted(found.user)} set search_path = ${quoted(found.schema)}`,
        });
      continue;
    }
    const [nearest] = rows.filter(
      (row) => row.isCurrent || row.matches >= Math.ceil(Object.keys(columns).length * 0.7),
    );
    if (!nearest) continue;
    const place = `${quoted(nearest.schema)}.${quoted(nearest.name)}`;
    conflicts.push({
      found: `${table}: expected this name in the search path, got only ${place}; an empty table would be made beside it`,
      advice:
        nearest.name === table
          ? `Let unqualified names lead to it: alter role ${quoted(nearest.user)} set search_path = ${quoted(nearest.schema)}; or, if it has nothing to do with this gateway, make an empty table ${table} with the columns ${Object.keys(columns).join(', ')}`
          : `Names are written in lower case: alter table ${place} rename to ${table}`,
    });
  }
  return conflicts;
}
