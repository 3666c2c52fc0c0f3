import type { Ask } from '../wire/ask.js';

/**
 * Runs a statement in its own transaction, because session settings do not persist through a transaction
 * pooler. BEGIN, statement and COMMIT are pipelined into one round trip.
 */
export function withTransaction(begin: string, next: Ask): Ask {
  return (client, statement, onRows, onError) => {
    let rows: unknown[] = [];
    let failure: unknown = null;
    let unanswered = 3;
    const end = () => {
      unanswered -= 1;
      if (unanswered > 0) return;
      if (failure === null) onRows(rows);
      else onError(failure);
    };
    next(client, { text: begin, values: [] }, end, end);
    next(
      client,
      statement,
      (answer) => {
        rows = answer;
        end();
      },
      (error) => {
        failure = error;
        end();
      },
    );
    next(client, { text: 'commit', values: [] }, end, (error) => {
      failure ??= error;
      end();
    });
  };
}
