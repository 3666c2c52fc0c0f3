import type { Shares } from '../resilience/shares.js';
import type { ReadInto } from './read.js';

/** Lets each client use no more than its share of the connections at once. */
export function withClientShares(shares: Shares, next: ReadInto): ReadInto {
  return (statement, execution, outcome) => {
    const { asker } = execution;
    if (!asker || asker.client === null) return next(statement, execution, outcome);
    const { onRelease, onRows, onError } = outcome;
    shares.enter(
      asker,
      statement.relation,
      execution.signal,
      (leave) =>
        next(statement, execution, {
          onRelease() {
            leave();
            onRelease();
          },
          onRows,
          onError,
        }),
      (error) => {
        onRelease();
        onError(error);
      },
    );
  };
}
