import type { Asker } from '../execution/asker.js';
import type { Execution } from '../execution/execution.js';
import type { Shares } from '../resilience/shares.js';
import type { Read } from './read.js';
import type { Statement } from './statement.js';
import { throwIfCancelled } from './with-cancellation.js';

/** Lets each client use no more than its share of the connections at once. */
export function withClientShares(shares: Shares, next: Read): Read {
  const readInShare = async (asker: Asker, statement: Statement, execution: Execution) => {
    throwIfCancelled(execution.signal);
    const entering = shares.enter(asker, statement.relation, execution.signal);
    const leave = entering instanceof Promise ? await entering : entering;
    try {
      return await next(statement, execution);
    } finally {
      leave?.();
    }
  };
  return (statement, execution) => {
    const { asker } = execution;
    if (!asker || asker.client === null) return next(statement, execution);
    return readInShare(asker, statement, execution);
  };
}
