import { sql } from 'kysely';
import { rawQuery } from '../database/raw-query.js';
import { type Reader, readOne } from '../database/reader/reader.js';

/** What one look at a server, the primary or a replica, found. */
export interface Sighting {
  /** Names cluster, database and tables: the same on a primary and its physical standbys. */
  readonly identity: string;
  /** When the server was started, which tells two servers of one identity apart. */
  readonly startedAt: string;
  readonly isStandby: boolean;
  readonly isPaused: boolean;
  /** What its views show. */
  readonly state: number;
  readonly generation: number;
  /** The end of its write-ahead log, in bytes; on a standby, of what has been applied. */
  readonly position: number;
  /** The age of the last transaction that a standby applied, in seconds. It also grows while nothing is written. */
  readonly replayAgeSeconds: number | null;
}

const query = sql<Sighting>`
  select analytics.current_identity() as "identity", extract(epoch from pg_postmaster_start_time())::text as "startedAt",
    pg_is_in_recovery() as "isStandby", state as "state", generation as "generation",
    case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end as "isPaused",
    pg_wal_lsn_diff(
      case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, '0/0')::float8 as "position",
    case when pg_is_in_recovery()
      then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 end as "replayAgeSeconds"
  from analytics.engine`;

/** @throws GatewayError when the server cannot be reached, or holds no views. */
export async function sight(reader: Reader): Promise<Sighting> {
  const found = await readOne(reader, 'replica.look', rawQuery(query));
  if (!found) throw new Error('Expected the row of the engine, got none.');
  return found;
}
