import type { Viewer } from '../auth/viewer.js';
import type { Reader } from '../database/reader/reader.js';
import type { Loaders } from './loaders.js';

/** The part of a request's context that the resolvers of the views use. */
export interface AnalyticsContext {
  readonly viewer: Viewer;
  readonly reader: Reader;
  readonly loaders: Loaders;
}
