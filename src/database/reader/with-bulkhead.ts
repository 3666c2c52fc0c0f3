import type { ReadAndRelease } from '../connection/on-connection.js';
import type { Bulkhead } from '../resilience/bulkhead.js';
import type { Read } from './read.js';

/** Lets the statements over one relation use no more than some of the connections at once. */
export function withBulkhead(bulkhead: Bulkhead, next: ReadAndRelease): Read {
  return (statement, execution) => {
    const { relation } = statement;
    const leave = () => bulkhead.leave(relation);
    const room = bulkhead.enter(relation, execution.signal);
    return room ? room.then(() => next(statement, execution, leave)) : next(statement, execution, leave);
  };
}
