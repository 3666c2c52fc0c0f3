import type { Audit } from '../auth/audit.js';
import type { Viewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import type { AdviseWorkload } from './advice/advise-workload.js';
import type { BufferCacheReader } from './diagnosis/server/buffer-cache.js';
import type { Explainer } from './explain/explain-document.js';
import type { Maintenance } from './maintenance/maintain.js';
import type { Observation } from './observation/observe.js';

/** The request context that monitoring resolvers use. */
export interface MonitoringContext {
  readonly viewer: Viewer;
  readonly now: () => Date;
  readonly maintenance: Maintenance;
  readonly bufferCacheReader: BufferCacheReader;
  /** Runs an operator's mutation and writes an audit log line. */
  readonly audit: Audit;
  /** The same database through a small separate pool, so that monitoring works while the main pool is exhausted. */
  readonly monitoringPool: Database;
  readonly observation: Observation;
  readonly explainer: Explainer;
  readonly adviseWorkload: AdviseWorkload;
  /** This request's context with another database in place of the usual one; EXPLAIN uses it to record statements. */
  readonly contextOver: (database: Database) => unknown;
}
