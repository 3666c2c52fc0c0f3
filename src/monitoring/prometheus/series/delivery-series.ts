import type { Registry } from 'prom-client';
import type { DeliveryCounts } from '../../alerts/webhooks/reports.js';
import { registerMetric } from './series.js';

/** Counts what became of alerts that are sent to webhooks. */
export function registerDeliveryMetric(registry: Registry, counts: () => DeliveryCounts): void {
  registerMetric(registry, {
    name: 'gateway_webhook_deliveries_total',
    help: 'Alerts sent to webhooks by result: delivered, retried (a failed try before another one), failed or dropped.',
    type: 'counter',
    read: () => {
      const { delivered, retried, failed, dropped } = counts();
      return Object.entries({ delivered, retried, failed, dropped }).map(([result, value]) => ({
        value,
        labels: { result },
      }));
    },
  });
}
