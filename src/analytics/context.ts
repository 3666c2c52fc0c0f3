import type { Viewer } from '../auth/viewer.js';
import type { Reader } from '../database/reader/reader.js';
import type { Loaders } from './loaders.js';

/** What the resolvers of the views need of a request. */
export interface AnalyticsContext {
  readonly viewer: Viewer;
  readonly reader: Reader;
  readonly loaders: Loaders;
}
