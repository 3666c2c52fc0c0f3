import { Registry } from 'prom-client';
import type { DeliveryCounts } from '../../../monitoring/alerts/webhooks/reports.js';
import { countersOf, sum } from '../../../monitoring/prometheus/add-reports.js';
import { processRegistry } from '../../../monitoring/prometheus/exposition.js';
import { registerDeliveryMetric } from '../../../monitoring/prometheus/series/delivery-series.js';
import { registerMetric } from '../../../monitoring/prometheus/series/series.js';
import {
  type MetricSnapshot,
  type MetricsReport,
  snapshotOf,
} from '../../../monitoring/prometheus/snapshot.js';
import { answerSchemas, type Gathered } from '../questions.js';
import type { Crew } from './crew.js';
import type { Member } from './member.js';

/** Puts together what is known of all workers, so that no counter ever goes down. */
export interface MetricsDesk {
  /** To be called with the answers of all that answered. */
  gathered(answers: ReadonlyMap<Member, unknown>): Promise<Gathered<'metrics'>>;
  /** To be called with the last report of a worker. */
  keep(member: Member, report: MetricsReport): void;
  /** To be called when the process of a worker has ended. */
  ended(member: Member): void;
}

export interface MetricsDeskOptions {
  readonly crew: Pick<Crew, 'members' | 'leader' | 'losses'>;
  readonly deliveryCounts: () => DeliveryCounts;
}

export function createMetricsDesk({ crew, deliveryCounts }: MetricsDeskOptions): MetricsDesk {
  const lastReports = new Map<Member, MetricsReport>();
  let ofEnded: readonly MetricSnapshot[] = [];
  let silent = 0;

  const gateway = new Registry();
  registerDeliveryMetric(gateway, deliveryCounts);
  registerMetric(gateway, {
    name: 'gateway_workers',
    help: 'Worker processes by state: starting, ready, draining; and silent, which did not answer and whose gauges are left out.',
    type: 'gauge',
    read: () => {
      const states = crew.members().map(({ state }) => state);
      return [
        ...(['starting', 'ready', 'draining'] as const).map((state) => ({
          value: states.filter((each) => each === state).length,
          labels: { state },
        })),
        { value: silent, labels: { state: 'silent' } },
      ];
    },
  });
  registerMetric(gateway, {
    name: 'gateway_worker_losses_total',
    help: 'Worker processes that ended without having been asked to.',
    type: 'counter',
    read: () => [{ value: crew.losses() }],
  });

  return {
    async gathered(answers) {
      for (const [member, value] of answers) lastReports.set(member, answerSchemas.metrics.parse(value));
      const living = crew.members();
      // One that ended meanwhile stands among the ended ones already.
      for (const member of lastReports.keys()) if (!living.includes(member)) lastReports.delete(member);
      const answering = living.filter((member) => answers.has(member));
      const others = living.filter((member) => !answers.has(member));
      silent = others.filter(({ isListening }) => isListening).length;
      return {
        reports: answering.flatMap((member) => {
          const report = lastReports.get(member);
          if (!report) return [];
          const isLeader = member === crew.leader();
          return [
            { worker: String(member.number), report, isLeader, isDraining: member.state === 'draining' },
          ];
        }),
        counted: sum([
          ofEnded,
          ...others.flatMap((member) => {
            const report = lastReports.get(member);
            return report ? [countersOf(report)] : [];
          }),
        ]),
        primary: { gateway: await snapshotOf(gateway), process: await snapshotOf(processRegistry()) },
      };
    },
    keep: (member, report) => void lastReports.set(member, report),
    ended(member) {
      const last = lastReports.get(member);
      lastReports.delete(member);
      if (last) ofEnded = sum([ofEnded, countersOf(last)]);
    },
  };
}
