import type pg from 'pg';
import { type CopyInto, createSession } from './create-session.js';
import type { Session } from './session.js';

/** Holds one connection while `work` runs, outside of any transaction. */
export async function inSession<T>(
  connect: () => Promise<pg.PoolClient>,
  copyInto: CopyInto,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await connect();
  try {
    return await work(createSession(client, copyInto));
  } finally {
    // One that broke is known to the pool, which throws it away.
    client.release();
  }
}
