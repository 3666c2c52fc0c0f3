import type { Session } from '../session/session.js';
import { type Conflict, quoted } from './conflict.js';
import { countedColumns, neededColumns } from './needed-columns.js';

/** What would let changes of plays slip past the triggers, or hide rows from whoever refreshes. */
export async function listCaptureConflicts(session: Session): Promise<Conflict[]> {
  return [
    ...(await listChildren(session)),
    ...(await listEmptyingKeys(session)),
    ...(await listHiddenRows(session)),
  ];
}

async function listChildren(session: Session): Promise<Conflict[]> {
  const { rows: heirs } = await session.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = to_regclass('plays') and not relispartition order by 1`,
  );
  return [
    ...heirs.map(({ name }) => ({
      found: `plays: expected no tables that inherit from it, got ${name}, whose plays are read with it and whose changes cannot be captured`,
      advice: `Take it out (alter table ${name} no inherit plays) and copy its rows into plays, or make plays a partitioned table`,
    })),
    ...(await listForeignPartitions(session)).map((name) => ({
      found: `plays: expected partitions in this database, got the foreign table ${name}, whose changes cannot be captured`,
      advice: `Detach it (alter table plays detach partition ${name}) and copy its rows into plays`,
    })),
  ];
}

export async function listForeignPartitions(session: Session): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `select relid::regclass::text as name from pg_partition_tree(to_regclass('plays')) join pg_class on pg_class.oid = relid
     where relkind = 'f' order by 1`,
  );
  return rows.map((row) => row.name);
}

/** Adoption makes counted columns NOT NULL, so SET NULL by a foreign key would fail. */
async function listEmptyingKeys(session: Session): Promise<Conflict[]> {
  const { rows } = await session.query<{ name: string; column: string; target: string; on: string }>(
    `select conname as name, attname as "column", confrelid::regclass::text as target,
       case when confdeltype = 'n' then 'delete' else 'update' end as "on"
     from pg_constraint join pg_attribute on attrelid = conrelid
       and attnum = any (case when confdeltype = 'n' then coalesce(confdelsetcols, conkey) else conkey end)
     where conrelid = to_regclass('plays') and contype = 'f' and conparentid = 0 and (confdeltype = 'n' or confupdtype = 'n')
       and attname = any ($1) and not attnotnull
     order by 1, 2`,
    [countedColumns],
  );
  return rows.map(({ name, column, target, on }) => ({
    found: `plays.${column}: expected a foreign key that leaves it filled, got ${name} with on ${on} set null; a play without it cannot be counted`,
    advice: `alter table plays drop constraint ${quoted(name)}, add foreign key (${column}) references ${target} on delete cascade (or restrict)`,
  }));
}

async function listHiddenRows(session: Session): Promise<Conflict[]> {
  const { rows } = await session.query<{ name: string; user: string; isForced: boolean }>(
    `select relname as name, current_user as "user", relforcerowsecurity as "isForced"
     from pg_class where pg_class.oid in (select to_regclass(name) from unnest($1::text[]) name)
       and relkind in ('r', 'p') and row_security_active(pg_class.oid) order by 1`,
    [Object.keys(neededColumns)],
  );
  return rows.map(({ name, user, isForced }) => ({
    found: `${name}: expected every row to be seen by the user ${user}, got row security, which may hide some; the views would leave them out`,
    advice: `As a superuser: alter role ${quoted(user)} bypassrls${isForced ? `; or, if this user owns it: alter table ${name} no force row level security` : ''}`,
  }));
}
