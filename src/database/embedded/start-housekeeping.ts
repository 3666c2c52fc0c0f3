import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database.js';
import { cleanUp } from './housekeeping.js';

const everyMs = 10_000;

/** Cleans up every few seconds. @returns what ends it, and settles when it has ended. */
export function startHousekeeping(
  database: Database,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await cleanUp(database).catch(onFailure);
      await sleep(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return () => {
    stopping.abort();
    return running;
  };
}
