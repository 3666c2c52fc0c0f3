import type { PGlite } from '@electric-sql/pglite';

/** Why an embedded database cannot be used any more, for whoever runs the gateway. */
export class DatabaseLost extends Error {
  override readonly name = 'DatabaseLost';
}

/** What is known of the end of an embedded database that nobody asked to end. */
export interface Loss {
  /** Settles with the reason when the database has ended; never, unless it does. */
  readonly lost: Promise<DatabaseLost>;
  /** The reason; null while the database can be used. */
  reason(): DatabaseLost | null;
  /** Ends the use of the database; only the first reason counts. */
  lose(problem: string, cause?: unknown): DatabaseLost;
}

export function createLoss(): Loss {
  let known: DatabaseLost | null = null;
  let tell: (reason: DatabaseLost) => void;
  const lost = new Promise<DatabaseLost>((resolve) => {
    tell = resolve;
  });
  return {
    lost,
    reason: () => known,
    lose(problem, cause) {
      known ??= new DatabaseLost(problem, { cause });
      tell(known);
      return known;
    },
  };
}

/** What the gateway uses of PGlite. */
export type UsedPglite = Pick<PGlite, 'waitReady' | 'query' | 'execProtocolStream'>;

/** Whether PostgreSQL goes on: with FATAL and PANIC it ends its session, which is the only one. */
function isOfStatement(error: unknown): boolean {
  const { severity } = error as { severity?: string };
  return severity !== undefined && severity !== 'FATAL' && severity !== 'PANIC';
}

/**
 * PGlite for as long as it works, for one connection: what is asked of one that has ended may never return, not even to
 * the event loop. So nothing reaches it any more, and everything is rejected with the reason.
 */
export function untilLost(lite: PGlite, loss: Loss): UsedPglite {
  // A connection breaks once. What was sent behind that gets no answer, as with a server.
  let isConnectionOver = false;
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const reason = loss.reason();
    if (reason) throw reason;
    try {
      return await work();
    } catch (error) {
      // An error of a statement leaves it as it was; anything else that is thrown has ended the program.
      if (isOfStatement(error)) throw error;
      throw loss.lose(`The embedded database has ended: ${(error as Error).message}`, error);
    }
  };
  return {
    waitReady: lite.waitReady,
    query: (text, values, options) => attempt(() => lite.query(text, values, options)),
    async execProtocolStream(bytes, options) {
      if (isConnectionOver) return [];
      try {
        return await attempt(async () => {
          const messages = await lite.execProtocolStream(bytes, options);
          // Nothing follows it, so whoever waits for the end of a query would wait for good.
          const last = messages.find((message) => 'severity' in message && !isOfStatement(message));
          if (last) throw last;
          return messages;
        });
      } catch (error) {
        isConnectionOver = true;
        throw error;
      }
    },
  };
}
