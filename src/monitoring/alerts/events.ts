import type { EventEmitter } from 'node:events';
import type { ViewName } from '../../views/catalogue.js';
import type { PoolStats } from '../pool/pool-stats.js';

/** A query that has ended, as it is remembered. Never its values. */
export interface QueryEvent {
  /** The name that the gateway gives it. */
  readonly name: string;
  /** With the wait for a connection. */
  readonly durationMs: number;
  readonly occurredAt: Date;
}

export interface SlowQueryEvent extends QueryEvent {
  readonly thresholdMs: number;
  readonly rows: number;
}

export interface QueryErrorEvent extends QueryEvent {
  /** The SQLSTATE, or the code of the network's error. */
  readonly code: string;
}

export interface PoolWarningEvent extends PoolStats {
  /** In percent. */
  readonly threshold: number;
}

export interface StaleViewEvent {
  readonly view: ViewName;
  /** Null when the view was never filled. */
  readonly hoursOld: number | null;
  readonly thresholdHours: number;
}

/** What a program that embeds the gateway can listen to. */
export interface GatewayEventMap {
  /** A query took longer than the threshold. */
  slowQuery: [SlowQueryEvent];
  /** A query failed. */
  queryError: [QueryErrorEvent];
  /** More of the pool is in use than the threshold allows; said at every look while it lasts. */
  poolWarning: [PoolWarningEvent];
  /** The pool was looked at, as it is every few seconds. */
  poolStats: [PoolStats];
  /** A view has become older than the threshold; said once for each view until it has been refreshed. */
  staleView: [StaleViewEvent];
}

export type GatewayEvents = EventEmitter<GatewayEventMap>;
