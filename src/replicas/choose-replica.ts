import type { Replica } from './replica.js';

/** @param hasPrimaryRoom whether the primary has connections to spare. */
export type ChooseReplica = (able: readonly Replica[], hasPrimaryRoom: boolean) => Replica | null;

/**
 * Chooses the replica with the fewest reads under way, in turn where several have as few. Null where there is none, or
 * where all have as many as connections and the primary has room.
 */
export function createReplicaChoice(): ChooseReplica {
  let turn = 0;
  return (able, hasPrimaryRoom) => {
    turn += 1;
    let chosen: Replica | null = null;
    for (let index = 0; index < able.length; index++) {
      const replica = able[(index + turn) % able.length] as Replica;
      if (chosen === null || replica.inFlight < chosen.inFlight) chosen = replica;
    }
    const isFull = chosen !== null && chosen.inFlight >= chosen.database.maxConnections;
    return isFull && hasPrimaryRoom ? null : chosen;
  };
}
