import type pg from 'pg';
import { driverOf } from './driver.js';

/** The process ID in BackendKeyData, which a pooler makes up itself; null before that message. */
export function announcedProcess(client: pg.ClientBase): number | null {
  return driverOf(client).processID;
}
