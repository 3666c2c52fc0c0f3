import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import type { Pending } from '../database/migrations/pending.js';
import type { Session } from '../database/session/session.js';
import type { Finding } from './finding.js';

/** What most checks have to know before they can judge. Read once. */
export interface Facts {
  /** Such as 180004. */
  readonly version: number;
  /** A standby, or somebody made all transactions read-only. */
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  readonly user: string;
  readonly databaseName: string;
  /** Where unqualified names are made; null when the search path names no schema that exists. */
  readonly schema: string | null;
  /** Of the three tables of the user. */
  readonly tables: readonly string[];
  /** Whether this gateway's schema was ever made or begun here. */
  readonly isOurs: boolean;
  readonly pending: Pending;
  /** Whether nothing is pending. */
  readonly isMigrated: boolean;
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  readonly clockAheadMs: number;
}

/** The database under examination. */
export interface CheckedDatabase {
  readonly config: Config;
  readonly database: Database;
  readonly facts: Facts;
  readonly now: () => Date;
}

/** One check. It may read whatever it likes and writes nothing: its transaction is read-only. */
export type Check = (checked: CheckedDatabase, session: Session) => Promise<readonly Finding[]>;

/** Reads within a transaction that cannot write, and ends by itself when a lock keeps it waiting. */
export async function reading<T>(database: Database, read: (session: Session) => Promise<T>): Promise<T> {
  return database.transaction(async (session) => {
    await session.query('set transaction read only');
    await session.query(`set local statement_timeout = '10s'`);
    await session.query(`set local lock_timeout = '2s'`);
    return read(session);
  });
}
