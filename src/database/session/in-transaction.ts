import type pg from 'pg';
import { type CopyInto, createSession } from './create-session.js';
import type { Session } from './session.js';

/** Runs `work` between BEGIN and COMMIT; whatever it throws undoes everything. A connection that broke is not reused. */
export async function inTransaction<T>(
  connect: () => Promise<pg.PoolClient>,
  copyInto: CopyInto,
  work: (session: Session) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(createSession(client, copyInto));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
