import type { ApolloClient } from '@apollo/client';
import type { PollingClient } from '../polling-client.js';

/** Asks for everything that the page shows when the views moved. @returns what ends that. */
export function refetchWhenMoved(client: ApolloClient, polling: PollingClient): () => void {
  // What was answered before the first look may be of an earlier refresh; to ask for it again costs a 304 where it is not.
  let shown: number | undefined;
  return polling.subscribe(() => {
    const generation = polling.status().freshness?.generation;
    if (generation === shown) return;
    shown = generation;
    void client.refetchQueries({ include: 'active' });
  });
}
