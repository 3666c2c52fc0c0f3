import type { AlertKind, AlertRecord } from '../alerts.js';

/** Which gateway sends. */
export interface Sender {
  readonly instance: string;
  readonly version: string;
}

/** One change of an alert, written once, so that every try sends the same bytes. */
export interface Message {
  /** The same for every try and every receiver. It has no full stop, which separates the parts of what is signed. */
  readonly id: string;
  readonly alertId: string;
  readonly alert: AlertKind;
  readonly state: 'firing' | 'resolved';
  readonly body: string;
}

interface Trait {
  readonly severity: 'warning' | 'critical';
  /** The unit of value and threshold; null where there are none. */
  readonly unit: string | null;
  /** Whether each gateway over the database raises the same alert. */
  readonly isShared: boolean;
}

const traits: Readonly<Record<AlertKind, Trait>> = {
  slowQuery: { severity: 'warning', unit: 'ms', isShared: false },
  queryError: { severity: 'warning', unit: null, isShared: false },
  poolWarning: { severity: 'warning', unit: 'percent', isShared: false },
  staleView: { severity: 'warning', unit: 'hours', isShared: true },
  verification: { severity: 'critical', unit: 'rows', isShared: true },
};

export function writeMessage(alert: AlertRecord, sender: Sender): Message {
  const state = alert.recoveredAt === null ? 'firing' : 'resolved';
  const { severity, unit, isShared } = traits[alert.kind];
  const data = {
    id: alert.id,
    alert: alert.kind,
    subject: alert.subject,
    severity,
    state,
    message: alert.message,
    value: alert.value,
    threshold: alert.threshold,
    unit,
    since: alert.raisedAt.toISOString(),
    resolvedAt: alert.recoveredAt?.toISOString() ?? null,
    count: alert.count,
    scope: isShared ? 'database' : 'gateway',
    gateway: sender,
  };
  const timestamp = (alert.recoveredAt ?? alert.raisedAt).toISOString();
  return {
    id: `alert-${alert.id}-${state}`,
    alertId: alert.id,
    alert: alert.kind,
    state,
    body: JSON.stringify({ type: `alert.${state}`, timestamp, data }),
  };
}
