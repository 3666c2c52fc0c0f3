import type { EventEmitter } from 'node:events';
import type { ViewName } from '../../catalogue/view.js';
import type { PoolStats } from '../observation/pool/pool-stats.js';

/** A finished query, without its parameter values. */
export interface QueryEvent {
  /** The gateway's name for the query. */
  readonly name: string;
  /** Includes the wait for a connection. */
  readonly durationMs: number;
  readonly occurredAt: Date;
}

export interface SlowQueryEvent extends QueryEvent {
  readonly thresholdMs: number;
  readonly rows: number;
}

export interface QueryErrorEvent extends QueryEvent {
  /** The SQLSTATE, or Node's code of a network error. */
  readonly code: string;
}

export interface PoolWarningEvent extends PoolStats {
  /** In percent. */
  readonly threshold: number;
}

export interface StaleViewEvent {
  readonly view: ViewName;
  /** Null when the view was never populated. */
  readonly hoursOld: number | null;
  readonly thresholdHours: number;
}

/** Events for programs that embed the gateway. */
export interface GatewayEventMap {
  /** A query took longer than the threshold. */
  slowQuery: [SlowQueryEvent];
  /** A query failed. */
  queryError: [QueryErrorEvent];
  /** Pool utilization reached the threshold; emitted at every check while it lasts. */
  poolWarning: [PoolWarningEvent];
  /** Pool statistics, emitted every few seconds. */
  poolStats: [PoolStats];
  /** A view is older than the threshold; emitted once per view until it is refreshed. */
  staleView: [StaleViewEvent];
}

export type GatewayEvents = EventEmitter<GatewayEventMap>;
