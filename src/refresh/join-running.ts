import type { RefreshResult } from './refresh-views.js';

/**
 * Lets everybody in this process who asks for a refresh while one is running take its result. In the database they
 * would wait for it on a connection each, and leave none to those who only read.
 */
export function joinRunning(refresh: () => Promise<RefreshResult>): () => Promise<RefreshResult> {
  let running: Promise<RefreshResult> | null = null;
  return () => {
    if (running) return running.then(asJoined);
    running = refresh().finally(() => {
      running = null;
    });
    return running;
  };
}

function asJoined(result: RefreshResult): RefreshResult {
  return result.outcome === 'refreshed' ? { ...result, outcome: 'joined' } : result;
}
