import type { Database } from '../database.js';

/** How much is written between two checkpoints, in bytes: about a segment of the write-ahead log. */
const checkpointAfterBytes = 16_000_000;
/** The rest waits for the next time, so that queries do not wait for long. */
const tablesAtOnce = 12;

/** As autovacuum chooses them; indexes of catalogs and small views would otherwise grow by every refresh. */
const dueTables = `
  select format('%I.%I', schemaname, stat.relname) as name
  from pg_stat_all_tables stat join pg_class on oid = relid
  where relpersistence = 'p' and relkind in ('r', 'm') and (
    n_dead_tup > 50 + 0.2 * greatest(reltuples, 0) or n_ins_since_vacuum > 1000 + 0.2 * greatest(reltuples, 0)
    or n_mod_since_analyze > 50 + 0.1 * greatest(reltuples, 0))
  order by n_dead_tup desc
  limit ${tablesAtOnce}`;

/**
 * Does what autovacuum and the checkpointer do in a server: PGlite has no processes beside its session. Each table is a
 * statement of its own, so that others get their turns in between.
 */
export async function cleanUp(database: Database): Promise<void> {
  const { rows: tables } = await database.query<{ name: string }>(dueTables);
  for (const { name } of tables) await database.query(`vacuum (analyze) ${name}`);
  const { rows } = await database.query<{ isDue: boolean }>(
    `select pg_current_wal_insert_lsn() - redo_lsn > ${checkpointAfterBytes} as "isDue" from pg_control_checkpoint()`,
  );
  if (rows[0]?.isDue) await database.query('checkpoint');
}
