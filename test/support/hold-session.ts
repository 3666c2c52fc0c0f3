import type { Database } from '../../src/database/database.js';
import type { Session } from '../../src/database/session/session.js';

/** A session that a test holds until it releases it. */
export type HeldSession = Session & { release(): void };

export function holdSession(database: Database): Promise<HeldSession> {
  return new Promise((resolve, reject) => {
    database
      .session((session) => new Promise<void>((release) => resolve({ ...session, release })))
      .catch(reject);
  });
}
