import type { Migration } from '../migrations/list-migrations.js';
import type { Session } from '../session/session.js';
import { type Conflict, quoted } from './conflict.js';

/** Names that migrations would give for the first time, and that something of the user's has already. */
export async function listNameConflicts(
  session: Session,
  additions: readonly Migration[],
): Promise<Conflict[]> {
  const sql = additions.map((migration) => migration.sql).join('\n');
  return [
    ...(await listTakenRelations(session, sql)),
    ...(await listTakenFunctions(session, sql)),
    ...(await listTakenTriggers(session, sql)),
  ];
}

/** The schema of the engine. One that is empty may have been made for the gateway. */
export async function listSchemaConflicts(session: Session): Promise<Conflict[]> {
  const { rows } = await session.query<{ holds: string[] }>(
    `select array(
       select relname::text from pg_class where relnamespace = n.oid and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       union all select proname || '()' from pg_proc where pronamespace = n.oid limit 4) as holds
     from pg_namespace n where nspname = 'analytics'`,
  );
  const holds = rows[0]?.holds ?? [];
  if (holds.length === 0) return [];
  return [
    {
      found: `The schema analytics: expected this name to be free, got a schema of somebody else (it holds ${holds.slice(0, 3).join(', ')}${holds.length > 3 ? ' and more' : ''})`,
      advice:
        'The gateway keeps its state in a schema of this name. Rename yours: alter schema analytics rename to …',
    },
  ];
}

async function listTakenRelations(session: Session, sql: string): Promise<Conflict[]> {
  const views = namesIn(sql, /^create materialized view (\w+)/gm);
  const indexes = [
    ...namesIn(sql, /^create (?:unique )?index (\w+) on (?!analytics\.)/gm),
    // Made by a loop, where no index of the user's serves as well.
    ...namesIn(sql, /^ +\('(plays_\w+_idx)', array\[/gm),
  ];
  const { rows } = await session.query<{ name: string; kind: string; on: string | null }>(
    `select relname as name, relkind::text as kind, indrelid::regclass::text as "on"
     from pg_class left join pg_index on indexrelid = pg_class.oid
     where relnamespace = quote_ident(current_schema())::regnamespace and relname = any ($1)
       -- An index of plays on the same columns is used and not made again.
       and not (indrelid is not null and indrelid = to_regclass('plays') and indisvalid and indpred is null and relname = (
         select 'plays_' || string_agg(attname, '_' order by position) || '_idx'
         from unnest(indkey::int2[]) with ordinality k (attnum, position)
         join pg_attribute a on a.attrelid = indrelid and a.attnum = k.attnum))
     order by relname`,
    [[...views, ...indexes]],
  );
  return rows.map(({ name, kind, on }) => {
    const [what, statement] = kinds[kind] ?? ['a relation', 'table'];
    return {
      found: `${name}: expected this name to be free, got ${what}${on ? ` of ${on}` : ''} that was made by something else`,
      advice: `The gateway makes its own. Rename it: alter ${statement} ${name} rename to ${name}_before; or drop it: drop ${statement} ${name}`,
    };
  });
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  r: ['a table', 'table'],
  p: ['a table', 'table'],
  v: ['a view', 'view'],
  m: ['a materialized view', 'materialized view'],
  i: ['an index', 'index'],
  I: ['an index', 'index'],
  S: ['a sequence', 'sequence'],
  f: ['a foreign table', 'foreign table'],
};

async function listTakenFunctions(session: Session, sql: string): Promise<Conflict[]> {
  const made = [...sql.matchAll(/^create or replace function (\w+)\(([^)]*)\)/gm)].map((match) => ({
    name: match[1]!,
    types: match[2]!.split(',').flatMap((argument) => argument.trim().split(/\s+/)[1] ?? []),
  }));
  const conflicts: Conflict[] = [];
  for (const { name, types } of made) {
    const { rows } = await session.query<{ signature: string; kind: string }>(
      `select oid::regprocedure::text as signature, case prokind when 'p' then 'procedure' else 'function' end as kind
       from pg_proc where proname = $1 and pronamespace = quote_ident(current_schema())::regnamespace and oidvectortypes(proargtypes) = $2`,
      [name, types.join(', ')],
    );
    for (const { signature, kind } of rows)
      conflicts.push({
        found: `${signature}: expected this name to be free, got a ${kind} that was made by something else`,
        advice: `The gateway makes one of the same name, which brings all views up to date; whatever calls it can go on. Rename yours: alter ${kind} ${signature} rename to ${name}_before; or drop it: drop ${kind} ${signature}`,
      });
  }
  return conflicts;
}

/** `create or replace trigger` would replace a trigger of the user's. */
async function listTakenTriggers(session: Session, sql: string): Promise<Conflict[]> {
  const names = namesIn(sql, /create (?:or replace )?trigger (\w+)/g);
  const { rows } = await session.query<{ name: string }>(
    `select distinct tgname as name from pg_trigger join pg_proc on pg_proc.oid = tgfoid
     where tgrelid = to_regclass('plays') and not tgisinternal and tgparentid = 0 and tgname = any ($1)
       and pronamespace::regnamespace::text <> 'analytics'`,
    [names],
  );
  return rows.map(({ name }) => ({
    found: `The trigger ${name} of plays: expected this name to be free, got a trigger that was made by something else`,
    advice: `The gateway makes its own. Rename yours: alter trigger ${quoted(name)} on plays rename to …`,
  }));
}

function namesIn(sql: string, pattern: RegExp): string[] {
  return [...new Set([...sql.matchAll(pattern)].map((match) => match[1]!))];
}
