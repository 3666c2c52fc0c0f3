import type { Logger } from 'pino';
import type { Database } from '../../database/database.js';
import { type LiveDemo, startLiveDemo } from '../../demo/live.js';
import { findLivingWorld } from '../../demo/living.js';

/** Lets plays keep arriving in demo data; null where the database holds no demo data, or the gateway stops. */
export async function startDemo(
  database: Database,
  log: Logger,
  now: () => Date,
  signal: AbortSignal,
): Promise<LiveDemo | null> {
  if (signal.aborted) return null;
  const world = await findLivingWorld(database).catch((error: unknown) => {
    log.warn({ err: error }, 'reading demo data failed');
    return null;
  });
  if (!world || signal.aborted) return null;
  const onFailure = (error: unknown) =>
    log.warn({ err: error }, 'the demo pauses: its plays could not be written');
  return startLiveDemo({ database, world, now, onFailure });
}
