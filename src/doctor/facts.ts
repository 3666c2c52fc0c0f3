import { neededColumns } from '../database/adoption/needed-columns.js';
import type { Database } from '../database/database.js';
import { findPendingOrAll } from '../database/migrations/pending.js';
import type { Session } from '../database/session/session.js';
import type { Facts } from './checked-database.js';

const factsQuery = `
  select current_setting('server_version_num')::int as version, pg_is_in_recovery() as "isStandby",
    current_setting('transaction_read_only')::bool as "isReadOnly", current_user as "user",
    current_database() as "databaseName", current_schema() as "schema",
    array(select name from unnest($1::text[]) name where to_regclass(name) is not null) as tables`;

/** Reads what the checks share. Throws whatever keeps the database from being reached. */
export async function readFacts(database: Database, now: () => Date): Promise<Facts> {
  const shared = await readShared(database, now);
  // Afterwards, because the embedded database has a single connection.
  const pending = await findPendingOrAll(database);
  return { ...shared, isOurs: pending.isOurs, pending, isMigrated: pending.migrations.length === 0 };
}

type SharedFacts = Omit<Facts, 'pending' | 'isOurs' | 'isMigrated'>;

function readShared(database: Database, now: () => Date): Promise<SharedFacts> {
  return database.session(async (session) => {
    const { rows } = await session.query<Omit<SharedFacts, 'clockAheadMs'>>(factsQuery, [
      Object.keys(neededColumns),
    ]);
    return { ...rows[0]!, clockAheadMs: await readClock(session, now) };
  });
}

/** The second question on this connection, so that the time of connecting is not taken for a difference. */
async function readClock(session: Session, now: () => Date): Promise<number> {
  const before = now().getTime();
  const { rows } = await session.query<{ at: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at',
  );
  const after = now().getTime();
  return rows[0]!.at - (before + after) / 2;
}
