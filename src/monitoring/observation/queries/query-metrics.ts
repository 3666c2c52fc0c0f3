import type { QueryMetric } from '../../../database/reader/with-metrics.js';
import type { QueryErrorEvent, SlowQueryEvent } from '../../alerts/events.js';
import type { ThresholdStore } from '../../alerts/thresholds.js';
import { maxListSize } from '../../limit.js';
import { Recent } from '../recent.js';
import { type Window, Windows } from './windows.js';

/** Counters since the start of the process; they never decrease. */
export interface QueryTotals {
  readonly queries: number;
  readonly errors: number;
  readonly slow: number;
  readonly seconds: number;
}

export interface QueryMetricsOptions {
  readonly thresholds: ThresholdStore;
  readonly elapsedMs: () => number;
  readonly onSlow: (event: SlowQueryEvent) => void;
  readonly onError: (event: QueryErrorEvent) => void;
}

/** Statistics of the gateway's queries, in bounded memory. */
export class QueryMetrics {
  readonly #options: QueryMetricsOptions;
  readonly #windows: Windows;
  readonly #slow = new Recent<SlowQueryEvent>(maxListSize);
  readonly #errors = new Recent<QueryErrorEvent>(maxListSize);
  readonly #totals = { queries: 0, errors: 0, slow: 0, seconds: 0 };

  constructor(options: QueryMetricsOptions) {
    this.#options = options;
    this.#windows = new Windows(options);
  }

  /** Call for every finished query. */
  observe({ name, durationMs, startedAt, rows, errorCode }: QueryMetric): void {
    const { slowQueryMs } = this.#options.thresholds.current();
    const isSlow = durationMs > slowQueryMs;
    const isError = errorCode !== undefined;
    this.#windows.add(name, { durationMs, isSlow, isError });
    this.#totals.queries += 1;
    this.#totals.seconds += durationMs / 1000;
    if (isSlow) {
      this.#totals.slow += 1;
      const event = { name, durationMs, occurredAt: startedAt, rows, thresholdMs: slowQueryMs };
      this.#slow.add(event);
      this.#options.onSlow(event);
    }
    if (isError) {
      this.#totals.errors += 1;
      const event = { name, durationMs, occurredAt: startedAt, code: errorCode };
      this.#errors.add(event);
      this.#options.onError(event);
    }
  }

  read(windowMs: number): Window {
    return this.#windows.read(windowMs);
  }

  /** Newest first. */
  listSlow(): SlowQueryEvent[] {
    return this.#slow.list();
  }

  /** Newest first. */
  listErrors(): QueryErrorEvent[] {
    return this.#errors.list();
  }

  totals(): QueryTotals {
    return { ...this.#totals };
  }

  /** Clears everything except the totals, because Prometheus counters must not decrease. */
  clear(): void {
    this.#windows.clear();
    this.#slow.clear();
    this.#errors.clear();
  }
}
