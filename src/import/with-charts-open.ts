import type { Database } from '../database/database.js';

/** One to hold, and two to load with. */
const neededConnections = 3;

/**
 * Runs `work` while no refresh closes charts: a week that is half loaded would stay so for good. An embedded database has no
 * gateway beside the import, and no second session.
 */
export function withChartsOpen<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  if (database.kind === 'embedded' || database.maxConnections < neededConnections) return work();
  return database.transaction(async (session) => {
    await session.query('select analytics.postpone_charts()');
    return work();
  });
}
