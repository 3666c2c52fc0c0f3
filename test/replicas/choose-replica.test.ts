import { expect, it } from 'vitest';
import { openServer } from '../../src/database/server.js';
import { createReplicaChoice } from '../../src/replicas/choose-replica.js';
import { Replica } from '../../src/replicas/replica.js';

const replicaWith = (name: string, inFlight: number) => {
  const replica = new Replica(name, openServer({ connectionString: 'postgresql://nobody/', poolSize: 4 }));
  replica.inFlight = inFlight;
  return replica;
};

it('the replica with the fewest reads under way is chosen', () => {
  const choose = createReplicaChoice();
  const [busy, idle] = [replicaWith('busy', 3), replicaWith('idle', 1)];
  for (let round = 0; round < 4; round++) expect(choose([busy, idle], true)).toBe(idle);
});

it('replicas with as few take turns', () => {
  const choose = createReplicaChoice();
  const replicas = ['a', 'b', 'c'].map((name) => replicaWith(name, 0));
  const chosen = Array.from({ length: 6 }, () => choose(replicas, true)?.name);
  expect(chosen.toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
});

it('the primary is left to others until every replica has as many reads as connections, and while it has no room itself', () => {
  const choose = createReplicaChoice();
  const [full, fuller] = [replicaWith('full', 4), replicaWith('fuller', 5)];
  expect(choose([full, fuller], true)).toBeNull();
  expect(choose([full, fuller], false)).toBe(full);
  full.inFlight = 3;
  expect(choose([full, fuller], true)).toBe(full);
  expect(choose([], false)).toBeNull();
});
