import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { viewNames } from '../../catalogue/index.js';
import type { ViewName } from '../../catalogue/view.js';
import { isPressed, type PoolStats } from '../observation/pool/pool-stats.js';
import { describeProblem } from '../verification/describe-problem.js';
import type { VerificationRecord } from '../verification/repository.js';
import type { AlertBook } from './alerts.js';
import type { GatewayEventMap, GatewayEvents, QueryErrorEvent, SlowQueryEvent } from './events.js';
import type { ThresholdStore } from './thresholds.js';

export interface SignalsOptions {
  readonly log: Pick<Logger, 'error'>;
  readonly thresholds: ThresholdStore;
  readonly alerts: AlertBook;
}

/** Age of the views. */
export interface ViewAge {
  /** Null when the views were never populated. */
  readonly hoursOld: number | null;
}

/** Reports problems to event listeners and as alerts. */
export interface Signals {
  readonly events: GatewayEvents;
  slowQuery(event: SlowQueryEvent): void;
  queryError(event: QueryErrorEvent): void;
  pool(stats: PoolStats): void;
  views(age: ViewAge): void;
  /** To be called again and again while this is the last verification. */
  verification(verification: VerificationRecord): void;
}

export function createSignals({ log, thresholds, alerts }: SignalsOptions): Signals {
  const events: GatewayEvents = new EventEmitter<GatewayEventMap>();
  let isStale = false;

  /** A listener that throws must not fail the query it is notified of. */
  const emit = (send: () => void) => {
    try {
      send();
    } catch (error) {
      log.error({ err: error }, 'an event listener threw');
    }
  };
  return {
    events,
    slowQuery(event) {
      const message = `The query ${event.name} took ${Math.round(event.durationMs)} ms; expected at most ${event.thresholdMs} ms.`;
      const measured = { value: event.durationMs, threshold: event.thresholdMs };
      alerts.raise({ kind: 'slowQuery', subject: event.name, message, ...measured });
      emit(() => events.emit('slowQuery', event));
    },
    queryError(event) {
      const message = `The query ${event.name} failed with ${event.code}.`;
      alerts.raise({ kind: 'queryError', subject: event.name, message });
      emit(() => events.emit('queryError', event));
    },
    pool(stats) {
      emit(() => events.emit('poolStats', stats));
      const threshold = thresholds.current().connectionPoolWarning;
      if (!isPressed(stats, threshold)) return;
      const message = `${stats.active} of ${stats.max} connections are in use and ${stats.waiting} queries wait for one; expected less than ${threshold} %.`;
      const measured = { value: stats.utilization, threshold };
      alerts.raise({ kind: 'poolWarning', subject: 'pool', message, ...measured });
      emit(() => events.emit('poolWarning', { ...stats, threshold }));
    },
    views({ hoursOld }) {
      const thresholdHours = thresholds.current().viewStalenessHours;
      const wasStale = isStale;
      isStale = hoursOld === null || hoursOld > thresholdHours;
      if (!isStale) {
        alerts.recover('staleView', 'views');
        return;
      }
      const measured = { value: hoursOld, threshold: thresholdHours };
      const message = describeAge(hoursOld, thresholdHours);
      alerts.raise({ kind: 'staleView', subject: 'views', message, ...measured });
      if (wasStale) return;
      for (const view of viewNames satisfies readonly ViewName[])
        emit(() => events.emit('staleView', { view, hoursOld, thresholdHours }));
    },
    verification(verification) {
      const problem = describeProblem(verification);
      if (problem === null) alerts.recover('verification', 'views');
      else alerts.raise({ kind: 'verification', subject: 'views', ...problem });
    },
  };
}

function describeAge(hoursOld: number | null, thresholdHours: number): string {
  const got =
    hoursOld === null ? 'were never populated' : `are ${hoursOld.toFixed(hoursOld < 10 ? 2 : 0)} hours old`;
  return `The views ${got}; expected at most ${thresholdHours} hours.`;
}
