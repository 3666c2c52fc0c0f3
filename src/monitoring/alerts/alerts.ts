import { randomUUID } from 'node:crypto';
import { composedKey } from '../../composed-key.js';
import { Recent } from '../observation/recent.js';

export const AlertKind = {
  SLOW_QUERY: 'slowQuery',
  QUERY_ERROR: 'queryError',
  POOL_WARNING: 'poolWarning',
  STALE_VIEW: 'staleView',
  VERIFICATION: 'verification',
} as const;
export type AlertKind = (typeof AlertKind)[keyof typeof AlertKind];

/** A problem, from its first occurrence until it was over. */
export interface AlertRecord {
  /** Unique, also among gateways and restarts. */
  readonly id: string;
  readonly kind: AlertKind;
  /** The name of a query, `pool` or `views`. */
  readonly subject: string;
  /** The message of the latest occurrence. */
  readonly message: string;
  /** What was measured at the latest occurrence, and the limit that it went beyond; null where nothing is measured. */
  readonly value: number | null;
  readonly threshold: number | null;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  /** Number of occurrences. */
  readonly count: number;
  /** Null while the alert is active. */
  readonly recoveredAt: Date | null;
}

export interface Problem {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly message: string;
  readonly value?: number | null;
  readonly threshold?: number | null;
}

/** Where problems are written down: in this process, or in the one that keeps the alerts of several. */
export interface AlertBook {
  /** `times` is how often it has occurred, once unless set. */
  raise(problem: Problem, times?: number): void;
  /** Ends an active alert; does nothing when there is none. */
  recover(kind: AlertKind, subject: string): void;
  /** Ends alerts whose problem has not occurred for a while. Call it every few seconds. */
  settle(): void;
  /** The newest first. Alerts that are over make room for active ones. */
  list(): AlertRecord[] | Promise<AlertRecord[]>;
}

export interface AlertsOptions {
  readonly now: () => Date;
  /** Called when an alert is raised and when it recovers, not for repeated occurrences in between. */
  readonly onChange: (alert: AlertRecord) => void;
  /** An alert recovers when its problem has not occurred for so long, in milliseconds. */
  readonly quietMs?: number;
}

/** Number of alerts kept. */
const maxAlerts = 200;
const defaultQuietMs = 60_000;

/**
 * Keeps recent alerts. A problem that occurs again while its alert is active increases the alert's count, so that
 * repeated problems flood neither the list nor the log.
 */
export class Alerts implements AlertBook {
  readonly #options: AlertsOptions;
  readonly #active = new Map<string, { record: AlertRecord }>();
  readonly #all = new Recent<{ record: AlertRecord }>(maxAlerts);

  constructor(options: AlertsOptions) {
    this.#options = options;
  }

  raise({ kind, subject, message, value = null, threshold = null }: Problem, times = 1): void {
    const now = this.#options.now();
    const known = this.#active.get(keyOf(kind, subject));
    if (known) {
      const count = known.record.count + times;
      known.record = { ...known.record, message, value, threshold, lastSeenAt: now, count };
      return;
    }
    const what = { id: randomUUID(), kind, subject, message, value, threshold };
    const record = { ...what, raisedAt: now, lastSeenAt: now, count: times, recoveredAt: null };
    const kept = { record };
    this.#active.set(keyOf(kind, subject), kept);
    this.#all.add(kept);
    this.#options.onChange(record);
  }

  recover(kind: AlertKind, subject: string): void {
    const known = this.#active.get(keyOf(kind, subject));
    if (!known) return;
    this.#active.delete(keyOf(kind, subject));
    known.record = { ...known.record, recoveredAt: this.#options.now() };
    this.#options.onChange(known.record);
  }

  settle(): void {
    const quietSince = this.#options.now().getTime() - (this.#options.quietMs ?? defaultQuietMs);
    for (const { record } of [...this.#active.values()])
      if (record.lastSeenAt.getTime() <= quietSince) this.recover(record.kind, record.subject);
  }

  list(): AlertRecord[] {
    const active = [...this.#active.values()].reverse();
    const over = this.#all.list().filter(({ record }) => record.recoveredAt !== null);
    return [...active, ...over]
      .slice(0, maxAlerts)
      .map(({ record }) => record)
      .sort((one, other) => other.raisedAt.getTime() - one.raisedAt.getTime());
  }
}

function keyOf(kind: AlertKind, subject: string): string {
  return composedKey(kind, subject);
}
