import type { Logger } from 'pino';
import { createPurgeTarget, type PurgeTarget } from './purge-target.js';
import { sendPurge } from './send-purge.js';

/** Requests to edges by how they ended. */
export interface PurgeCounts {
  readonly done: number;
  readonly failed: number;
}

export interface PurgerOptions {
  /** Where each edge takes purges. */
  readonly urls: readonly string[];
  /** Sent as a bearer token; null without one. */
  readonly token: string | null;
  readonly log: Logger;
}

/** Tells the edges in front of the gateway to delete every answer of it. */
export interface Purger {
  /** To be called when a new generation is shown. Returns at once; an edge that fails is asked until it succeeds. */
  purge(): void;
  counts(): PurgeCounts;
  stop(): Promise<void>;
}

export function createPurger({ urls, token, log }: PurgerOptions): Purger {
  const stopping = new AbortController();
  const counts = { done: 0, failed: 0 };
  const targets: readonly PurgeTarget[] = urls.map((url) => {
    // Paths and parameters of such URLs may be secrets.
    const { host } = new URL(url);
    return createPurgeTarget({
      send: () => sendPurge(url, token, stopping.signal),
      signal: stopping.signal,
      onDone(failures) {
        counts.done += 1;
        if (failures > 0) log.info({ edge: host, failures }, 'an edge can be purged again');
      },
      onFailure(error, failures) {
        counts.failed += 1;
        if (failures === 1)
          log.warn(
            { edge: host, reason: error.message },
            'an edge could not be purged, and is asked until it can',
          );
      },
    });
  });
  return {
    purge() {
      for (const target of targets) target.purge();
    },
    counts: () => counts,
    async stop() {
      stopping.abort();
      await Promise.all(targets.map((target) => target.settled()));
    },
  };
}
