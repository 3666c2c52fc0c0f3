import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database.js';
import { keepHouse } from './keep-house.js';

const everyMs = 10_000;

/** Keeps house every few seconds. @returns what ends it, and settles when it has ended. */
export function startKeepingHouse(
  database: Database,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await keepHouse(database).catch(onFailure);
      await sleep(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return () => {
    stopping.abort();
    return running;
  };
}
