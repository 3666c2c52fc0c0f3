import type { Bulkhead } from '../resilience/bulkhead.js';
import type { ReadAndRelease } from './read.js';

/** Lets the statements over one relation use no more than some of the connections at once. */
export function withBulkhead(bulkhead: Bulkhead, next: ReadAndRelease): ReadAndRelease {
  return (statement, execution, { onRelease, onRows, onError }) => {
    const { relation } = statement;
    const leave = () => {
      bulkhead.leave(relation);
      onRelease();
    };
    bulkhead.enter(
      relation,
      execution.signal,
      () => next(statement, execution, { onRelease: leave, onRows, onError }),
      (error) => {
        onRelease();
        onError(error);
      },
    );
  };
}
