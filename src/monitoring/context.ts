import type { Viewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';

/** What the resolvers of monitoring need of a request. */
export interface MonitoringContext {
  readonly viewer: Viewer;
  readonly now: () => Date;
  /** The database through few connections of its own, so that it can be looked at while the others are all busy. */
  readonly reserve: Database;
}
