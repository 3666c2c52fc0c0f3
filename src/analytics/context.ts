import type { Viewer } from '../auth/viewer.js';
import type { Loaders } from './loaders.js';
import type { AnalyticsReader } from './withholding/analytics-reader.js';

/** The part of a request's context that the resolvers of the views use. */
export interface AnalyticsContext {
  readonly viewer: Viewer;
  readonly reader: AnalyticsReader;
  readonly loaders: Loaders;
}
