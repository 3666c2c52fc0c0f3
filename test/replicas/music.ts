import { loadFixture } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { migratedTemplate, type PostgresServer } from '../support/postgres.js';
import { until } from '../support/wait.js';

const databaseName = 'music';

/** The database of the tests at a server, whose URL leads to another one. */
export function musicAt({ url }: { readonly url: string }): string {
  const music = new URL(url);
  music.pathname = `/${databaseName}`;
  return music.href;
}

/** Makes that database on a primary, with the fixture in it. */
export async function makeMusic(primary: PostgresServer): Promise<void> {
  const server = openServer({ connectionString: primary.url, poolSize: 1 });
  await server.query(`create database ${databaseName} template ${migratedTemplate}`);
  await server.close();
  const music = openServer({ connectionString: musicAt(primary), poolSize: 1 });
  await loadFixture(music);
  await music.close();
}

/** A gateway over that database which reads from these servers. */
export function startReadingGateway(
  primary: PostgresServer,
  replicas: readonly { readonly url: string }[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  return startGateway(openServer({ connectionString: musicAt(primary), poolSize: 6 }), {
    DATABASE_READ_URLS: replicas.map(musicAt).join(', '),
    ...environment,
  });
}

export interface ReplicaSeen {
  readonly name: string;
  readonly isEligible: boolean;
  readonly reason: string | null;
  readonly generation: number | null;
  readonly lagSeconds: number | null;
  readonly lagBytes: number | null;
  readonly lookedAt: string | null;
  readonly readsAnswered: number;
  readonly readsDiscarded: number;
  readonly readsFailedOver: number;
}

/** What the gateway says of its replicas. */
export async function listReplicas(gateway: Gateway): Promise<readonly ReplicaSeen[]> {
  const { monitoring } = (await gateway.read(
    `{ monitoring { replicas {
      name isEligible reason generation lagSeconds lagBytes lookedAt readsAnswered readsDiscarded readsFailedOver } } }` as never,
    {} as never,
    'operator',
  )) as { monitoring: { replicas: readonly ReplicaSeen[] } };
  return monitoring.replicas;
}

/** Waits until the gateway says so of a replica. */
export function untilReplica(
  gateway: Gateway,
  what: string,
  holds: (replica: ReplicaSeen) => boolean,
  index = 0,
): Promise<ReplicaSeen> {
  return until(`a replica that is ${what}`, async () => {
    const replica = (await listReplicas(gateway))[index];
    return replica && holds(replica) && replica;
  });
}

/** Reads that the primary answered beside the replicas. */
export async function countPrimaryReads(gateway: Gateway): Promise<number> {
  const text = await (await gateway.fetch('/metrics')).text();
  return Number(/^gateway_primary_reads_total (\d+)$/m.exec(text)?.[1]);
}
