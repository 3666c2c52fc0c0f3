import { ApolloLink, Observable } from '@apollo/client';
import { print } from '@apollo/client/utilities';
import type { PollingClient } from '../polling-client.js';
import { RequestFailure } from '../transport/failure.js';

/**
 * The last link of an Apollo Client: it asks by way of a polling client, so that what was asked before costs a 304. The
 * context's `headers.authorization` is sent along.
 */
export function createPollingLink(polling: PollingClient): ApolloLink {
  return new ApolloLink((operation) => {
    const { authorization } = (operation.getContext().headers ?? {}) as { authorization?: string };
    return new Observable<ApolloLink.Result>((observer) => {
      const unsubscribed = new AbortController();
      polling
        .ask(print(operation.query), operation.variables, { authorization, signal: unsubscribed.signal })
        .then(
          ({ data, freshness, isStale }) => {
            observer.next({
              data: data as ApolloLink.Result['data'],
              extensions: { freshness, stale: isStale },
            });
            observer.complete();
          },
          (failure: unknown) => {
            if (unsubscribed.signal.aborted) return;
            const result = failure instanceof RequestFailure ? failure.result : null;
            if (!result) return observer.error(failure);
            observer.next(result as ApolloLink.Result);
            observer.complete();
          },
        );
      return () => unsubscribed.abort();
    });
  });
}
