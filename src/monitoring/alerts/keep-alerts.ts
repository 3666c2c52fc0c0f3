import type { Logger } from 'pino';
import { type AlertRecord, Alerts } from './alerts.js';

export interface KeepAlertsOptions {
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly now: () => Date;
  /** Told of each alert that is raised or recovers. It must return at once. */
  readonly onAlert: (alert: AlertRecord) => void;
}

/** The list of alerts, whose changes are logged and passed on. */
export function keepAlerts({ log, now, onAlert }: KeepAlertsOptions): Alerts {
  return new Alerts({
    now,
    onChange(alert) {
      const { kind, subject, message, count } = alert;
      if (alert.recoveredAt === null) log.warn({ alert: kind, subject }, message);
      else log.info({ alert: kind, subject, count }, 'alert recovered');
      try {
        onAlert(alert);
      } catch (error) {
        log.error({ err: error }, 'an alert could not be passed on');
      }
    },
  });
}
