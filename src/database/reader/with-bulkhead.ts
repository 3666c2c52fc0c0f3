import type { ReadAndRelease } from '../connection/on-connection.js';
import type { Bulkhead } from '../resilience/bulkhead.js';

/** Lets the statements over one relation use no more than some of the connections at once. */
export function withBulkhead(bulkhead: Bulkhead, next: ReadAndRelease): ReadAndRelease {
  return (statement, execution, onRelease) => {
    const { relation } = statement;
    const leave = () => {
      bulkhead.leave(relation);
      onRelease();
    };
    const refuse = (error: unknown): never => {
      onRelease();
      throw error;
    };
    let room: Promise<void> | undefined;
    try {
      room = bulkhead.enter(relation, execution.signal);
    } catch (error) {
      return refuse(error);
    }
    return room
      ? room.then(() => next(statement, execution, leave), refuse)
      : next(statement, execution, leave);
  };
}
