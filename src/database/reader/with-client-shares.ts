import type { ReadAndRelease } from '../connection/on-connection.js';
import type { Shares } from '../resilience/shares.js';
import type { Read } from './read.js';

const nothing = () => {};

/** Lets each client use no more than its share of the connections at once. */
export function withClientShares(shares: Shares, next: ReadAndRelease): Read {
  return (statement, execution) => {
    const { asker } = execution;
    if (!asker || asker.client === null) return next(statement, execution, nothing);
    const entering = shares.enter(asker, statement.relation, execution.signal);
    return entering instanceof Promise
      ? entering.then((leave) => next(statement, execution, leave ?? nothing))
      : next(statement, execution, entering ?? nothing);
  };
}
