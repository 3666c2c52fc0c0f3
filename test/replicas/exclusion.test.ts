import { expect, it } from 'vitest';
import { exclusionOf } from '../../src/replicas/exclusion.js';
import type { Sighting } from '../../src/replicas/sighting.js';

const primary: Sighting = {
  identity: 'music',
  startedAt: '1700000000.000001',
  isStandby: false,
  isPaused: false,
  state: 11,
  generation: 1,
  position: 100,
  replayAgeSeconds: null,
};
const standby: Sighting = {
  ...primary,
  startedAt: '1700000000.000002',
  isStandby: true,
  replayAgeSeconds: 5,
};

it.each([
  ['a level standby', standby, null],
  ['what was not looked at', null, 'NOT_LOOKED_AT'],
  ['what failed', { failure: new Error('away') }, 'UNREACHABLE'],
  ['a standby of another cluster at the same state', { ...standby, identity: 'other' }, 'OTHER_CLUSTER'],
  ['the primary itself', primary, 'PRIMARY'],
  ['a server that was promoted', { ...standby, isStandby: false }, 'NOT_STANDBY'],
  ['a level standby whose replay is paused', { ...standby, isPaused: true }, 'REPLAY_PAUSED'],
  ['a standby at another state', { ...standby, state: 10 }, 'OTHER_STATE'],
] as const)('%s is judged for itself', (_what, look, exclusion) => {
  expect(exclusionOf(look, 11, primary)).toBe(exclusion);
});

it('a level standby may be read from although nothing is known of the primary, and none before anything was announced', () => {
  expect(exclusionOf(standby, 11, null)).toBeNull();
  expect(exclusionOf(primary, 11, null)).toBe('NOT_STANDBY');
  expect(exclusionOf(standby, null, primary)).toBe('OTHER_STATE');
});
