import { readFileSync } from 'node:fs';
import pg from 'pg';
import { startPostgres } from '../../test/support/postgres.js';

/**
 * What a server of this size would be given; everything else is PostgreSQL's default. Later settings win over those
 * of the tests, so the disk is written as in production.
 */
export const settings = [
  'shared_buffers=2GB',
  'max_wal_size=8GB',
  'checkpoint_timeout=30min',
  'work_mem=64MB',
  'maintenance_work_mem=512MB',
  'effective_cache_size=8GB',
  'random_page_cost=1.1',
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
];

export interface Bench {
  readonly client: pg.Client;
  one<Row>(sql: string, values?: readonly unknown[]): Promise<Row>;
  /** Runs `work` and says how long it took, how long the server process was on a processor, and how much write-ahead log was written. */
  measure<Result>(
    work: () => Promise<Result>,
  ): Promise<{ ms: number; cpuMs: number; walBytes: number; result: Result }>;
  stop(): Promise<void>;
}

/** A server of its own with the engine in a database of a plain user. */
export async function startBench(migrate: (client: pg.Client) => Promise<void>): Promise<Bench> {
  const server = await startPostgres(
    18,
    settings.flatMap((setting) => ['-c', setting]),
  );
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query(`create role plain login password 'plain'`);
  await admin.query(`create database bench owner plain`);
  await admin.end();
  const client = new pg.Client(`postgresql://plain:plain@127.0.0.1:${server.port}/bench`);
  await client.connect();
  await client.query(`set client_min_messages = warning`);
  await migrate(client);
  const one = async <Row>(sql: string, values?: readonly unknown[]) =>
    (await client.query(sql, values as unknown[])).rows[0] as Row;
  const { pid } = await one<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    client,
    one,
    async measure(work) {
      const { lsn } = await one<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
      const cpu = processorMs(pid);
      const started = performance.now();
      const result = await work();
      const ms = performance.now() - started;
      const cpuMs = processorMs(pid) - cpu;
      const { bytes } = await one<{ bytes: string }>(
        'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn) as bytes',
        [lsn],
      );
      return { ms, cpuMs, walBytes: Number(bytes), result };
    },
    async stop() {
      await client.end();
      await server.stop();
    },
  };
}

/** Linux counts it in nanoseconds; unlike the time on the wall it does not depend on who else is busy. */
function processorMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}
