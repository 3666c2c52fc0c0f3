import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import type { Tracing } from '../../tracing/tracing.js';
import {
  openDirectDatabase,
  openExportPool,
  openMonitoringPool,
  openRefreshPool,
  openVerificationPool,
} from './open-database.js';

/** The connections of a gateway, by what they are for. With the embedded database all are the same one. */
export interface Pools {
  /** Answers the public. */
  readonly database: Database;
  /** Looks at the database, also while all connections of the public are busy. */
  readonly monitoring: Database;
  /** Refreshes, and whatever else the gateway writes by itself. */
  readonly refresh: Database;
  /** Reads whole lists, for as long as a download takes. */
  readonly exports: Database;
  /** Verifies the views. */
  readonly verification: Database;
  /** Opens a connection for what needs a session of its own; the caller closes it, unless it is `database`. */
  openDirect(): Promise<Database>;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** `database` is closed with the others. */
export function openPools(config: Config, database: Database, tracing: Tracing | null = null): Pools {
  const monitoring = openMonitoringPool(config, database, tracing);
  const refresh = openRefreshPool(config, database, tracing);
  const exports = openExportPool(config, database, tracing);
  const verification = openVerificationPool(config, database);
  return {
    database,
    monitoring,
    refresh,
    exports,
    verification,
    openDirect: async () => (database.kind === 'embedded' ? database : openDirectDatabase(config)),
    async close() {
      const all = new Set([database, monitoring, refresh, exports, verification]);
      await Promise.all([...all].map((each) => each.close()));
    },
  };
}
