import { expect, test } from 'vitest';
import { addStatuses } from '../../src/replicas/add-statuses.js';
import type { ReplicaStatus } from '../../src/replicas/replica-status.js';

const status = (name: string, changes: Partial<ReplicaStatus> = {}): ReplicaStatus => ({
  name,
  isEligible: true,
  reason: null,
  generation: 7,
  lagSeconds: 0,
  lagBytes: 0,
  lookedAt: new Date(0),
  answered: 10,
  discarded: 2,
  failed: 1,
  ...changes,
});

test('Several processes see each replica as the one for which it is worst, and its reads add up', () => {
  const behind = { isEligible: false, reason: 'It is paused.', generation: 6, lagBytes: 400 };
  expect(
    addStatuses([
      { replicas: [status('one'), status('two', { lagBytes: 5 })], primaryReads: 3 },
      { replicas: [status('one', behind), status('two')], primaryReads: 4 },
    ]),
  ).toEqual({
    replicas: [
      status('one', { ...behind, answered: 20, discarded: 4, failed: 2 }),
      status('two', { lagBytes: 5, answered: 20, discarded: 4, failed: 2 }),
    ],
    primaryReads: 7,
  });
});

test('Processes without replicas have none together', () => {
  expect(addStatuses([{ replicas: [], primaryReads: null }])).toEqual({ replicas: [], primaryReads: null });
  expect(addStatuses([])).toEqual({ replicas: [], primaryReads: null });
});
