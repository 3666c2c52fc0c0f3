import type { Shares } from '../resilience/shares.js';
import type { Read, ReadAndRelease } from './read.js';

const nothing = () => {};

/** Lets each client use no more than its share of the connections at once. */
export function withClientShares(shares: Shares, next: ReadAndRelease): Read {
  return (statement, execution, { onRows, onError }) => {
    const { asker } = execution;
    if (!asker) return next(statement, execution, { onRelease: nothing, onRows, onError });
    shares.enter(
      asker,
      statement.relation,
      execution.signal,
      (leave) => next(statement, execution, { onRelease: leave, onRows, onError }),
      onError,
    );
  };
}
