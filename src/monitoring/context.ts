import type { Audit } from '../auth/audit.js';
import type { Viewer } from '../auth/viewer.js';
import type { DatabaseKind } from '../database/database.js';
import type { Reader } from '../database/reader/reader.js';
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
  /** Reads through a small separate pool, so that monitoring works while the main pool is exhausted. */
  readonly monitoringReader: Reader;
  readonly databaseKind: DatabaseKind;
  readonly observation: Observation;
  readonly explainer: Explainer;
  readonly adviseWorkload: AdviseWorkload;
  /** This request's context with another reader in place of the usual ones; EXPLAIN uses it to examine statements. */
  readonly contextOver: (reader: Reader) => unknown;
}
