import { escapeLiteral } from '../database/escape-literal.js';
import type { Queryable, Session } from '../database/session/session.js';
import type { DemoSize } from './world.js';

/** What demo data was made from: with it the same world can be made again. */
export interface DemoMark {
  readonly size: DemoSize;
  /** The instant that the data ended at. */
  readonly madeAt: Date;
}

const prefix = 'Demo data ';

/**
 * Leaves word beside the tables that what they hold was invented, and from what. A comment is written with the data or
 * not at all, needs no table of its own, and is seen by everybody who looks at the tables.
 */
export async function leaveMark(session: Session, { size, madeAt }: DemoMark): Promise<void> {
  const { artists, songs, listeners, days, seed } = size;
  const text = prefix + JSON.stringify({ artists, songs, listeners, days, seed, madeAt });
  await session.query(`comment on table plays is ${escapeLiteral(text)}`);
}

/** Takes the word back: something that was not invented is about to be written. */
export async function takeMarkAway(database: Queryable): Promise<void> {
  if ((await findMark(database)) === null) return;
  await database.query('comment on table plays is null');
}

/** What the demo data was made from; null where there is none, or something else besides. */
export async function findMark(database: Queryable): Promise<DemoMark | null> {
  const { rows } = await database.query<{ text: string | null }>(
    `select obj_description('plays'::regclass, 'pg_class') as text`,
  );
  const text = rows[0]?.text;
  if (!text?.startsWith(prefix)) return null;
  try {
    const { madeAt, ...size } = JSON.parse(text.slice(prefix.length));
    return { size, madeAt: new Date(madeAt) };
  } catch {
    return null;
  }
}
