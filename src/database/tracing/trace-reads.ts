import { codeOf } from '../failures/failures.js';
import type { Read } from '../reader/read.js';
import type { Statement } from '../reader/statement.js';
import type { Ask } from '../wire/ask.js';
import type { DatabaseTrace, FollowedWork, Step } from './database-trace.js';

/** Two ends of the way of a statement: where it begins to wait for a connection, and where it is asked. */
export interface TracedReads {
  read(next: Read): Read;
  ask(next: Ask): Ask;
}

/** Splits the time of each statement into waiting for a connection and being asked. */
export function traceReads(trace: DatabaseTrace): TracedReads {
  // Keyed by statement, because the callback of a connection may run in another request's async context.
  const followed = new WeakMap<object, FollowedRead>();
  return {
    read: (next) => (statement, execution, outcome) => {
      // A second attempt runs in the async context of the request that opened the lost connection.
      const work = followed.get(statement)?.work ?? trace.current();
      if (!work) return next(statement, execution, outcome);
      const { onRows, onError } = outcome;
      const read = new FollowedRead(work, statement);
      followed.set(statement, read);
      next(statement, execution, {
        onRows(rows) {
          read.step.end(rows.length);
          onRows(rows);
        },
        onError(error) {
          read.step.fail(codeOf(error));
          onError(error);
        },
      });
    },
    ask: (next) => (client, statement, onRows, onError) => {
      followed.get(statement)?.asked();
      next(client, statement, onRows, onError);
    },
  };
}

class FollowedRead {
  readonly work: FollowedWork;
  readonly #statement: Statement;
  /** What the statement is doing. */
  step: Step;

  constructor(work: FollowedWork, statement: Statement) {
    this.work = work;
    this.#statement = statement;
    this.step = work.wait();
  }

  asked(): void {
    this.step.end();
    this.step = this.work.statement(this.#statement);
  }
}
