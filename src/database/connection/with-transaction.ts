import type { Ask } from '../wire/ask.js';

/**
 * Asks in a transaction of its own, where sessions belong to a pooler and nothing can be said to them for good. All is
 * sent before anything is answered, so that it takes no longer than one statement.
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
