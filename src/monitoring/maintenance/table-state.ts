import { namedText } from '../../database/reader/named-text.js';
import type { Session } from '../../database/session/session.js';
import { GatewayError } from '../../errors.js';
import { type MaintainableTable, publicNameOf } from './table.js';
import type { MaintenanceOperation, TableState } from './type.js';

const stateQuery = namedText(
  `select coalesce(sum(s.n_live_tup), 0)::bigint as "rows", coalesce(sum(s.n_dead_tup), 0)::bigint as "deadRows",
    coalesce(sum(pg_table_size(s.relid)), 0)::bigint as "sizeBytes",
    coalesce(sum(pg_indexes_size(s.relid)), 0)::bigint as "indexBytes",
    case when bool_and(coalesce(s.last_vacuum, s.last_autovacuum) is not null)
      then min(greatest(s.last_vacuum, s.last_autovacuum)) end as "lastVacuumAt",
    case when bool_and(coalesce(s.last_analyze, s.last_autoanalyze) is not null)
      then min(greatest(s.last_analyze, s.last_autoanalyze)) end as "lastAnalyzeAt"
  from (select to_regclass($1) as relid union select relid from pg_partition_tree(to_regclass($1))) leaf
  join pg_class c on c.oid = leaf.relid and c.relkind <> 'p' join pg_stat_all_tables s on s.relid = c.oid`,
  'maintenance.state',
);

export async function readState(session: Session, table: MaintainableTable): Promise<TableState> {
  const { rows } = await session.query<TableState>(stateQuery, [table]);
  return rows[0]!;
}

/** PostgreSQL 17 introduced the MAINTAIN privilege; before, only the owner may vacuum and analyze. */
const privilegeQuery = namedText(
  `select c.oid is not null as "exists", coalesce(
    pg_has_role(c.relowner, 'usage')
    or (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database())
    or case when current_setting('server_version_num')::int >= 170000 then has_table_privilege(c.oid, 'MAINTAIN') end,
    false) as "allowed"
  from (values (to_regclass($1))) wanted (relid) left join pg_class c on c.oid = wanted.relid`,
  'maintenance.privilege',
);

/**
 * Checks the privilege beforehand, because PostgreSQL skips the table with only a warning.
 * @throws GatewayError FORBIDDEN without the privilege, UNAVAILABLE when the table does not exist
 */
export async function requirePrivilege(
  session: Session,
  table: MaintainableTable,
  operation: MaintenanceOperation,
): Promise<void> {
  const { rows } = await session.query<{ exists: boolean; allowed: boolean }>(privilegeQuery, [table]);
  const name = publicNameOf(table);
  if (!rows[0]?.exists)
    throw new GatewayError(
      'UNAVAILABLE',
      `${name}: expected an existing table, but there is none. Run mycelix-analytics migrate first.`,
    );
  if (!rows[0].allowed)
    throw new GatewayError(
      'FORBIDDEN',
      `${name}: expected the gateway's database user to own it or to have the MAINTAIN privilege on it (PostgreSQL 17 and newer), but the user may not ${operation} it.`,
    );
}
