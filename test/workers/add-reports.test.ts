import { expect, test } from 'vitest';
import type { Member } from '../../src/gateway/workers/primary/member.js';
import { createMetricsDesk } from '../../src/gateway/workers/primary/metrics-desk.js';
import { Tally } from '../../src/monitoring/observation/queries/tally.js';
import { addReports } from '../../src/monitoring/prometheus/add-reports.js';
import type { MetricSnapshot, MetricsReport } from '../../src/monitoring/prometheus/snapshot.js';

const metric = (name: string, type: string, value: number, labels = {}): MetricSnapshot => ({
  name,
  help: name,
  type,
  values: [{ name, labels, value }],
});

/** A worker that has answered `requests`, holds `connections` and asked queries of these durations. */
function reportOf(requests: number, connections: number, durationsMs: readonly number[]): MetricsReport {
  const tally = new Tally();
  for (const durationMs of durationsMs) tally.add({ durationMs, isSlow: false, isError: false });
  const name = 'db_query_duration_seconds';
  return {
    queries: [
      {
        name,
        help: name,
        type: 'summary',
        values: [
          { name, labels: { quantile: '0.5' }, value: 99 },
          { name: `${name}_count`, labels: {}, value: durationsMs.length },
        ],
      },
      metric('db_pool_connections', 'gauge', connections, { state: 'total' }),
    ],
    database: [metric('db_up', 'gauge', 1)],
    gateway: [metric('gateway_requests_total', 'counter', requests, { route: '/graphql' })],
    process: [metric('process_resident_memory_bytes', 'gauge', 1)],
    durations: tally.pack(),
  };
}

function start() {
  const members: Member[] = [1, 2].map((number) => ({
    number,
    slot: number,
    pid: number,
    state: 'ready',
    isListening: true,
    readyAtMs: 0,
    send: () => {},
    kill: () => {},
    ended: new Promise(() => {}),
  }));
  const [one, other] = members as [Member, Member];
  const desk = createMetricsDesk({
    crew: { members: () => members, leader: () => one, losses: () => 0 },
    deliveryCounts: () => ({ delivered: 0, retried: 0, failed: 0, dropped: 0 }),
  });
  const read = async (...answers: (readonly [Member, MetricsReport])[]) => {
    const { database, rest } = addReports(await desk.gathered(new Map(answers)));
    const values = [...database, ...rest].flatMap(({ values }) => values);
    return (name: string, labels: object = {}) =>
      values.find((each) => each.name === name && JSON.stringify(each.labels) === JSON.stringify(labels))
        ?.value;
  };
  const end = (member: Member) => {
    desk.ended(member);
    members.splice(members.indexOf(member), 1);
  };
  return { one, other, desk, read, end };
}

const route = { route: '/graphql' };

test('Counters and gauges of workers are added, quantiles are of the durations of all', async () => {
  const { one, other, read } = start();
  const shown = await read([one, reportOf(3, 5, [10, 10])], [other, reportOf(4, 2, [1_000, 1_000, 1_000])]);
  expect(shown('gateway_requests_total', route)).toBe(7);
  expect(shown('db_pool_connections', { state: 'total' })).toBe(7);
  expect(shown('db_query_duration_seconds_count')).toBe(5);
  expect(shown('db_query_duration_seconds', { quantile: '0.5' })).toBeCloseTo(1, 1);
  expect(shown('db_up')).toBe(1);
  for (const worker of ['1', '2']) expect(shown('process_resident_memory_bytes', { worker })).toBe(1);
});

test('What a worker counted that does not answer any more stays, and its gauges do not', async () => {
  const { one, other, read } = start();
  await read([one, reportOf(3, 5, [10])], [other, reportOf(4, 2, [10])]);
  const shown = await read([one, reportOf(5, 5, [10])]);
  expect(shown('gateway_requests_total', route)).toBe(9);
  expect(shown('db_pool_connections', { state: 'total' })).toBe(5);
  expect(shown('gateway_workers', { state: 'silent' })).toBe(1);
  expect(
    (await read([one, reportOf(5, 5, [])], [other, reportOf(6, 2, [])]))('gateway_requests_total', route),
  ).toBe(11);
});

test('What a worker counted that has ended stays, as of its last report', async () => {
  const { one, other, desk, read, end } = start();
  await read([one, reportOf(3, 5, [10])], [other, reportOf(4, 2, [10])]);
  desk.keep(other, reportOf(8, 2, [10, 10]));
  end(other);
  const shown = await read([one, reportOf(3, 5, [10])]);
  expect(shown('gateway_requests_total', route)).toBe(11);
  expect(shown('db_query_duration_seconds_count')).toBe(3);
  expect(shown('gateway_workers', { state: 'silent' })).toBe(0);
});

test('Of a replica that all look at, the worst is shown', async () => {
  const { one, other, read } = start();
  const seen = (eligible: number, lag: number): MetricsReport => ({
    ...reportOf(1, 1, []),
    gateway: [
      metric('gateway_replica_eligible', 'gauge', eligible, { replica: 'standby:5432' }),
      metric('gateway_replica_lag_bytes', 'gauge', lag, { replica: 'standby:5432' }),
      metric('gateway_replica_reads_total', 'counter', 5, { replica: 'standby:5432' }),
    ],
  });
  const shown = await read([one, seen(1, 10)], [other, seen(0, 7)]);
  expect(shown('gateway_replica_eligible', { replica: 'standby:5432' })).toBe(0);
  expect(shown('gateway_replica_lag_bytes', { replica: 'standby:5432' })).toBe(10);
  expect(shown('gateway_replica_reads_total', { replica: 'standby:5432' })).toBe(10);
});

test('Of a database that all share one worker tells, and nobody while there is no leader', async () => {
  const { other, read } = start();
  expect((await read([other, reportOf(1, 1, [])]))('db_up')).toBeUndefined();
});
