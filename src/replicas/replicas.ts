import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import type { Execution } from '../database/execution/execution.js';
import type { Reader } from '../database/reader/reader.js';
import type { QueryObserver } from '../database/reader/with-metrics.js';
import { createAnnouncedState, type Ledger } from './announced-state.js';
import { isFinal } from './can-be-asked-elsewhere.js';
import { describeReplica } from './describe-replica.js';
import { logExclusions } from './log-exclusions.js';
import { createReplicaReads } from './read-from-replicas.js';
import { repeatLook } from './repeated-look.js';
import { Replica } from './replica.js';
import type { ReplicasStatus } from './replica-status.js';
import { type Sighting, sight } from './sighting.js';

/** The databases of one replica. */
export interface ReplicaDatabases {
  readonly name: string;
  /** For public reads. */
  readonly reads: Database;
  /** For looking at it while all connections for reads are in use. */
  readonly looks: Database;
}

export interface ReplicasOptions {
  readonly primary: Database;
  /** Looks at the primary. */
  readonly primaryReader: Reader;
  readonly replicas: readonly ReplicaDatabases[];
  readonly ledger: Ledger;
  /** How long after the ledger was last seen replicas are still read from, in milliseconds. */
  readonly staleLimitMs: number;
  readonly log: Logger;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
}

/** Read replicas, while a gateway runs. */
export interface Replicas {
  /** For answers that say themselves when they may be stale. */
  readonly shared: Pick<Database, 'readerFor'>;
  /** For answers that say nothing of it: replicas are read from only while the ledger is seen. */
  readonly personal: Pick<Database, 'readerFor'>;
  /** To be told of each refresh that is announced. */
  readonly onGeneration: () => void;
  status(): ReplicasStatus;
  start(): void;
  /** Ends the looks, and every connection. */
  close(): Promise<void>;
}

/** As long as the ledger was seen within this time, what was announced is the newest, in milliseconds. */
const confirmedForMs = 5_000;

export function createReplicas(options: ReplicasOptions): Replicas {
  const { primary, ledger, log, now, elapsedMs } = options;
  const replicas = options.replicas.map(({ name, reads }) => new Replica(name, reads));
  let primarySighting: Sighting | null = null;
  const reads = createReplicaReads({
    primary,
    replicas,
    announced: createAnnouncedState(ledger, elapsedMs),
    primarySighting: () => primarySighting,
    onFailure: ({ name }, error) => log.debug({ err: error, replica: name }, 'a read is asked elsewhere'),
  });
  for (const replica of replicas) replica.database.observers.add(observeFor(primary));

  const tell = logExclusions(log, elapsedMs);
  const describe = (replica: Replica) => describeReplica(replica, ledger.announced(), primarySighting);
  const looks = options.replicas.map(({ looks: database }, index) => {
    const replica = replicas[index] as Replica;
    const exclusion = () => replica.exclusion(ledger.announced(), primarySighting);
    const look = repeatLook({
      async look() {
        replica.wasSeen(await sight(database.reader).catch((failure: unknown) => ({ failure })), now());
        tell(replica, exclusion(), describe(replica).reason);
      },
      isAwaited: () => exclusion() === 'OTHER_STATE',
    });
    replica.lookSoon = look.lookSoon;
    return look;
  });
  const primaryLook = repeatLook({
    look: () =>
      sight(options.primaryReader).then(
        (found) => {
          primarySighting = found;
        },
        () => {},
      ),
    isAwaited: () => false,
  });

  const within = (limitMs: number): Pick<Database, 'readerFor'> => {
    const mayAskReplicas = () => ledger.silentMs() <= limitMs;
    return { readerFor: (execution: Execution) => reads.readerFor(execution, mayAskReplicas) };
  };
  return {
    shared: within(Math.max(confirmedForMs, options.staleLimitMs)),
    personal: within(confirmedForMs),
    onGeneration() {
      for (const look of looks) look.lookSoon();
    },
    status: () => ({ replicas: replicas.map(describe), primaryReads: reads.primaryReads() }),
    start() {
      primaryLook.start();
      for (const look of looks) look.start();
    },
    async close() {
      await Promise.all([primaryLook, ...looks].map((look) => look.stop()));
      const databases = options.replicas.flatMap((each) => [each.reads, each.looks]);
      await Promise.all(databases.map((each) => each.close()));
    },
  };
}

/** What is read from a replica is observed with the rest, but for failures after which another server is asked. */
function observeFor(primary: Database): QueryObserver {
  return (metric) => {
    if (metric.errorCode !== undefined && !isFinal(metric.errorCode)) return;
    for (const observer of primary.observers) observer(metric);
  };
}
