import type { Gateway } from '../../support/gateway.js';

/** Everything that monitoring knows of the database, in one question. */
export const everything = `{ monitoring {
  database { available needs version isEmbedded name sizeBytes connections maxConnections cacheHitRatio startedAt uptimeSeconds
    connectionStates { available needs total active idle idleInTransaction waitingForLock hidden onServer reserved }
    bufferCache { available needs hits reads hitRatio statisticsResetAt recentHitRatio recentSince }
    wraparound { available needs transactionAge multixactAge vacuumForcedAtAge percentTowardsRefusal }
    replication { available needs isReplica replayAgeSeconds replicas { name state synchrony lagBytes lagSeconds }
      slots { name kind active retainedBytes walStatus } }
    waitEvents { available needs items { kind event sessions } }
    viewSizes { available needs items { view sizeBytes indexBytes } } }
  indexUsage { available needs observedSince items { schema table index definition sizeBytes scans entriesRead rowsFetched
    lastUsedAt tableReads } }
  unusedIndexes { available needs observedSince observedForSeconds items { ...unused } kept { ...unused } }
  duplicateIndexes { available needs items { schema table index duplicateOf definition sizeBytes ddl } }
  invalidIndexes { available needs items { schema table index definition sizeBytes slowsWrites reason ddl } }
  tables { available needs items { schema table partitionOf partitions rows deadRows deadRatio heapBytes indexBytes totalBytes
    bloatBytes bloatRatio bloatMethod lastVacuumAt lastAutovacuumAt lastAnalyzeAt lastAutoanalyzeAt sinceVacuumSeconds
    sinceAnalyzeSeconds changesSinceAnalyze insertsSinceVacuum transactionAge
    vacuuming { phase percentScanned isAutomatic } } }
  longRunningQueries { available needs items { pid user applicationName state name query since seconds transactionStartedAt
    waitsFor locks { ...lock } blockedBy { pid user applicationName state transactionStartedAt transactionSeconds query
      locks { ...lock } } } }
  statements { available needs countedSince forgotten items { id name query calls totalTimeMs meanTimeMs minTimeMs maxTimeMs
    rows pagesHit pagesRead pagesWritten temporaryPages hitRatio ioTimeMs walBytes } }
} }
fragment unused on UnusedIndex { schema table index definition sizeBytes tableReads neededFor ddl }
fragment lock on SessionLock { kind mode relation granted }`;

export interface Section {
  readonly available: boolean;
  readonly needs: string | null;
  readonly items: readonly Record<string, unknown>[] | null;
  readonly [field: string]: unknown;
}

export type Facts = Readonly<Record<string, Section>>;

/** Asks within `monitoring`, and gives its fields. */
export async function askMonitoring<Fields = Facts>(
  gateway: Gateway,
  fields: string,
  variables: object = {},
): Promise<Fields> {
  const document = fields === everything ? everything : `{ monitoring { ${fields} } }`;
  const { data, errors } = await gateway.ask(document, variables, 'operator');
  if (errors.length > 0) throw new Error(`Expected an answer without errors, got ${JSON.stringify(errors)}`);
  return (data as { monitoring: Fields }).monitoring;
}

/** Every section of an answer by its path, such as `database.waitEvents`. */
export function sectionsOf(facts: object, path = ''): Record<string, Section> {
  return Object.assign(
    {},
    ...Object.entries(facts).map(([name, value]) => {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
      const inner = sectionsOf(value, `${path}${name}.`);
      return 'available' in value ? { [path + name]: value as Section, ...inner } : inner;
    }),
  );
}
