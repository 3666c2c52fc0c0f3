import { Cron } from 'croner';
import type { Database } from '../database/database.js';

/** Makes the partitions of plays for this month and the next ones, where plays are partitioned by month. */
export async function makePartitionsAhead(database: Database): Promise<void> {
  await database.transaction(async (session) => {
    // Whoever writes plays goes first: a lock that does not come soon is asked for again an hour later.
    await session.query(`select set_config('lock_timeout', '2s', true)`);
    await session.query('select analytics.ensure_play_partitions()');
  });
}

/** Looks every hour, at a minute when little else happens. @returns what ends it. */
export function startMakingPartitions(database: Database, onFailure: (error: unknown) => void): () => void {
  const make = () => makePartitionsAhead(database).catch(onFailure);
  const job = new Cron('17 * * * *', { timezone: 'UTC', protect: true }, make);
  void make();
  return () => job.stop();
}
