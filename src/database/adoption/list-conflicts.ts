import type { Pending } from '../migrations/pending.js';
import type { Session } from '../session/session.js';
import { listCaptureConflicts, listForeignPartitions } from './capture.js';
import { listColumnConflicts } from './columns.js';
import type { Conflict } from './conflict.js';
import { listNameConflicts, listSchemaConflicts } from './names.js';
import { listPlaceConflicts } from './places.js';
import { listValueConflicts } from './values.js';

/**
 * Everything in the catalogue that keeps pending migrations from being applied, or views from being right; nothing for
 * an empty database. Reads no rows of the user's.
 */
export async function listConflicts(session: Session, pending: Pending): Promise<Conflict[]> {
  return [
    ...(pending.isOurs ? [] : await listSchemaConflicts(session)),
    ...(pending.migrations.length > 0 ? await listPlaceConflicts(session) : []),
    ...(await listColumnConflicts(session)),
    ...(await listCaptureConflicts(session)),
    ...(await listNameConflicts(session, pending.additions)),
  ];
}

/**
 * Rows that the views cannot be counted from; null where they cannot be read, because of conflicts in the catalogue. Reads
 * all plays, so it is asked only before they are adopted.
 */
export async function listRowConflicts(session: Session, pending: Pending): Promise<Conflict[] | null> {
  if (!makesTables(pending)) return [];
  if ((await listColumnConflicts(session)).length > 0) return null;
  if ((await listForeignPartitions(session)).length > 0) return null;
  return listValueConflicts(session);
}

const makesTables = ({ additions }: Pending) => additions.some(({ name }) => name === '0001_baseline');
