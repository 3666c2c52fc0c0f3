import type { Audit } from '../auth/audit.js';
import type { Viewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import type { AdviseWorkload } from './advice/advise-workload.js';
import type { BufferCacheLooks } from './facts/buffer-cache.js';
import type { Maintenance } from './maintenance/maintain.js';
import type { Observation } from './observe.js';
import type { Explainer } from './plans/explain-document.js';

/** What the resolvers of monitoring need of a request. */
export interface MonitoringContext {
  readonly viewer: Viewer;
  readonly now: () => Date;
  readonly maintenance: Maintenance;
  readonly bufferCacheLooks: BufferCacheLooks;
  /** Does what an operator asked for and leaves a line about it in the log. */
  readonly audit: Audit;
  /** The database through few connections of its own, so that it can be looked at while the others are all busy. */
  readonly reserve: Database;
  readonly observation: Observation;
  readonly explainer: Explainer;
  readonly adviseWorkload: AdviseWorkload;
  /** The context of this request as it would be over another database, such as one that explains what is read. */
  readonly contextOver: (database: Database) => unknown;
}
