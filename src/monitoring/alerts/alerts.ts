import { Recent } from '../recent.js';

export const AlertKind = {
  SLOW_QUERY: 'slowQuery',
  QUERY_ERROR: 'queryError',
  POOL_WARNING: 'poolWarning',
  STALE_VIEW: 'staleView',
} as const;
export type AlertKind = (typeof AlertKind)[keyof typeof AlertKind];

/** Something that went wrong, from when it was seen first until it was over. */
export interface AlertRecord {
  readonly kind: AlertKind;
  /** What it is about: the name of a query, `pool` or `views`. */
  readonly subject: string;
  /** As it was seen last. */
  readonly message: string;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  /** How often it was seen. */
  readonly count: number;
  /** Null while it lasts. */
  readonly recoveredAt: Date | null;
}

export interface Trouble {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly message: string;
}

export interface AlertsOptions {
  readonly now: () => Date;
  /** Told when something begins and when it is over, and not of what happens again in between. */
  readonly onChange: (alert: AlertRecord) => void;
  /** For how long a trouble has to stay away before it counts as over, in milliseconds. */
  readonly quietMs?: number;
}

/** How many are remembered. */
const mostAlerts = 200;
const defaultQuietMs = 60_000;

/**
 * Remembers what went wrong. What happens again before it was over is the same alert, counted, so that neither the
 * list nor the log is flooded by one trouble.
 */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #active = new Map<string, { record: AlertRecord }>();
  readonly #all = new Recent<{ record: AlertRecord }>(mostAlerts);

  constructor(options: AlertsOptions) {
    this.#options = options;
  }

  raise({ kind, subject, message }: Trouble): void {
    const now = this.#options.now();
    const known = this.#active.get(keyOf(kind, subject));
    if (known) {
      known.record = { ...known.record, message, lastSeenAt: now, count: known.record.count + 1 };
      return;
    }
    const record = { kind, subject, message, raisedAt: now, lastSeenAt: now, count: 1, recoveredAt: null };
    const kept = { record };
    this.#active.set(keyOf(kind, subject), kept);
    this.#all.add(kept);
    this.#options.onChange(record);
  }

  /** Says that a trouble is over, if it was there. */
  recover(kind: AlertKind, subject: string): void {
    const known = this.#active.get(keyOf(kind, subject));
    if (!known) return;
    this.#active.delete(keyOf(kind, subject));
    known.record = { ...known.record, recoveredAt: this.#options.now() };
    this.#options.onChange(known.record);
  }

  /** Takes what was not seen for a while as over. To be called every few seconds. */
  settle(): void {
    const quietSince = this.#options.now().getTime() - (this.#options.quietMs ?? defaultQuietMs);
    for (const { record } of [...this.#active.values()])
      if (record.lastSeenAt.getTime() <= quietSince) this.recover(record.kind, record.subject);
  }

  /** The newest first. */
  list(): AlertRecord[] {
    return this.#all.list().map(({ record }) => record);
  }
}

function keyOf(kind: AlertKind, subject: string): string {
  return `${kind} ${subject}`;
}
