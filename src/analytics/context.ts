import type { Viewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import type { Loaders } from './loaders.js';

/** What the resolvers of the views need of a request. */
export interface AnalyticsContext {
  readonly viewer: Viewer;
  readonly database: Database;
  readonly loaders: Loaders;
}
