import type { Compilable } from 'kysely';
import type { Database } from '../database/database.js';
import type { Execution } from '../database/execution/execution.js';
import type { Reader } from '../database/reader/reader.js';
import { EitherCancellation } from '../database/resilience/either-cancellation.js';
import { selectsState, stateOf } from '../views/reading.js';
import type { AnnouncedState } from './announced-state.js';
import { canBeAskedElsewhere } from './can-be-asked-elsewhere.js';
import { createReplicaChoice } from './choose-replica.js';
import type { Replica } from './replica.js';
import type { Sighting } from './sighting.js';

export interface ReplicaReadsOptions {
  readonly primary: Database;
  readonly replicas: readonly Replica[];
  readonly announced: AnnouncedState;
  /** What was last seen of the primary. */
  readonly primarySighting: () => Sighting | null;
  /** Told of each failure after which another server is asked. */
  readonly onFailure: (replica: Replica, error: unknown) => void;
}

/** Reads that go to replicas where these are known to have what was announced. */
export interface ReplicaReads {
  /** @param mayAskReplicas whether the ledger was seen lately enough for those who are being read for. */
  readerFor(execution: Execution, mayAskReplicas: () => boolean): Reader;
  /** How many reads the primary has answered. */
  primaryReads(): number;
}

/**
 * Each replica is asked once, the primary last. Rows of a replica count only when they say themselves that they are of
 * the announced state: what is known of the replica otherwise is a moment old, and its URL may lead to several servers.
 */
export function createReplicaReads(options: ReplicaReadsOptions): ReplicaReads {
  const { primary, replicas, announced } = options;
  const choose = createReplicaChoice();
  let atPrimary = 0;
  let primaryReads = 0;

  const askPrimary = async <Row>(name: string, query: Compilable<Row>, execution: Execution) => {
    atPrimary += 1;
    try {
      const rows = await primary.readerFor(execution).read(name, query);
      announced.sawOnPrimary(stateOf(rows));
      primaryReads += 1;
      return rows;
    } finally {
      atPrimary -= 1;
    }
  };

  /** The rows of a replica; null when another server has to be asked. */
  const askReplica = async <Row>(
    replica: Replica,
    whenAsked: number,
    name: string,
    query: Compilable<Row>,
    { signal, asker }: Execution,
  ): Promise<Row[] | null> => {
    const { counts, lost } = replica;
    replica.inFlight += 1;
    try {
      const either = signal ? new EitherCancellation(signal, lost) : lost;
      const rows = await replica.database.readerFor({ signal: either, asker }).read(name, query);
      if (await announced.isCurrent(stateOf(rows), whenAsked)) {
        counts.answered += 1;
        return rows;
      }
      counts.discarded += 1;
    } catch (error) {
      if (signal?.aborted || !canBeAskedElsewhere(error)) throw error;
      counts.failed += 1;
      options.onFailure(replica, error);
      replica.lookSoon();
    } finally {
      replica.inFlight -= 1;
    }
    return null;
  };

  const read = async <Row>(
    name: string,
    query: Compilable<Row>,
    execution: Execution,
    mayAskReplicas: () => boolean,
  ): Promise<Row[]> => {
    const compiled = query.compile();
    const asked = { compile: () => compiled };
    const tried = new Set<Replica>();
    while (tried.size < replicas.length && selectsState(compiled.sql) && mayAskReplicas()) {
      const known = announced.known();
      if (known === null) break;
      const sighting = options.primarySighting();
      const able = replicas.filter(
        (replica) => !tried.has(replica) && replica.exclusion(known, sighting) === null,
      );
      const replica = choose(able, atPrimary < primary.maxConnections);
      if (!replica) break;
      tried.add(replica);
      const rows = await askReplica(replica, known, name, asked, execution);
      if (rows) return rows;
    }
    return askPrimary(name, asked, execution);
  };

  return {
    readerFor: (execution, mayAskReplicas) => ({
      read: (name, query) => read(name, query, execution, mayAskReplicas),
    }),
    primaryReads: () => primaryReads,
  };
}
