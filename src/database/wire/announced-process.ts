import type pg from 'pg';
import { driverOf } from './driver.js';

/** The process number of the greeting: the server's own, unless a pooler greets; null before the greeting. */
export function announcedProcess(client: pg.ClientBase): number | null {
  return driverOf(client).processID;
}
