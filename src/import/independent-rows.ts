import type { Database } from '../database/database.js';
import type { ImportTable } from './tables.js';

/**
 * Whether two transactions may add rows to a table without ever waiting for each other. Not where rows are compared
 * with each other, nor where somebody's trigger may touch the same row of another table for both.
 */
export async function hasIndependentRows(database: Database, table: ImportTable): Promise<boolean> {
  const { rows } = await database.query<{ independent: boolean }>(
    `with parts as (select $1::regclass as part union select relid from pg_partition_tree($1::regclass))
     select not exists (
         select from pg_trigger join parts on tgrelid = part
         where not tgisinternal and tgname not in ('analytics_stamp', 'analytics_stamp_insert', 'analytics_truncate')
           and tgname not like 'analytics\\_queue\\_%')
       and not exists (
         select from pg_index join parts on indrelid = part
         left join pg_attribute on attrelid = indrelid and attnum = any (indkey) and attname = $2
         where (indisunique or indisexclusion) and attname is null) as independent`,
    [table.name, table.key],
  );
  return rows[0]?.independent ?? false;
}
