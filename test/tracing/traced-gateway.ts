import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { openServer } from '../../src/database/server.js';
import { createGateway } from '../../src/index.js';
import { loadFixture } from '../support/fixture.js';
import { migratedTemplate, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { type OtlpReceiver, startReceiver } from './otlp-receiver.js';

export const operatorSecret = 'the-secret-of-an-operator-in-the-tests';
export const asOperator = { authorization: `Bearer ${operatorSecret}` };

export interface TracedGateway {
  readonly url: string;
  readonly receiver: OtlpReceiver;
  /** Every line that was logged so far. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** The statements of the tests themselves. */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  /** Holds what a statement locks until it is released. */
  hold(text: string): Promise<() => Promise<void>>;
  /** Whether a statement waits for a lock on a relation. */
  isWaiting(relation: string): Promise<boolean>;
  /** One POST over HTTP. */
  ask(query: string, headers?: Record<string, string>, variables?: object): Promise<Response>;
  /** Ends the gateway alone. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A gateway over a PostgreSQL of its own, which sends its traces to a receiver. `isPooled` has it ask as through a
 * transaction pooler.
 */
export async function startTracedGateway(
  settings: Readonly<Record<string, string>> = {},
  { isPooled = false } = {},
): Promise<TracedGateway> {
  const receiver = await startReceiver();
  const postgres = await startPostgres(18);
  const name = `traced_${randomBytes(4).toString('hex')}`;
  const administer = async (text: string, database: string) => {
    const at = new URL(postgres.url);
    at.pathname = `/${database}`;
    const client = new pg.Client(at.href);
    await client.connect();
    return (await client.query(text).finally(() => client.end())).rows;
  };
  await administer(`create database ${name} template ${migratedTemplate}`, 'postgres');
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  const database = openServer({ connectionString: url.href, poolSize: 1 });
  await loadFixture(database);
  await database.close();

  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const gateway = await createGateway({
    settings: {
      DATABASE_URL: url.href,
      ...(isPooled && { DATABASE_DIRECT_URL: url.href }),
      PORT: '0',
      REFRESH_SCHEDULE: 'off',
      OPERATOR_KEYS: `ada:${operatorSecret}`,
      RATE_LIMIT: 'off',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      ...settings,
    },
    log,
  });
  const at = await gateway.listen();
  await gateway.ready;
  await untilRefreshIsKnown(lines);
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await gateway.close();
    isStopped = true;
  };
  return {
    url: at,
    receiver,
    lines,
    query: (text) => administer(text, name),
    async hold(text) {
      const client = new pg.Client(url.href);
      client.on('error', () => {});
      await client.connect();
      await client.query('begin');
      await client.query(text);
      return () => client.end();
    },
    async isWaiting(relation) {
      const waiting = await administer(
        `select from pg_locks where not granted and relation = '${relation}'::regclass`,
        name,
      );
      return waiting.length > 0;
    },
    ask: (query, headers = {}, variables = {}) =>
      fetch(`${at}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    stop,
    async close() {
      await stop();
      await postgres.stop();
      await receiver.stop();
    },
  };
}

/** Waits until requests find the last refresh known, and do not look for it themselves. */
export async function untilRefreshIsKnown(
  lines: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  await until('the last refresh', () => lines.some(({ msg }) => msg === 'new generation'));
}

/** The header of a caller that has begun a trace, which is new each time. */
export function callersTrace({ isSampled = true } = {}): {
  readonly traceId: string;
  readonly spanId: string;
  readonly headers: { readonly traceparent: string };
} {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}` } };
}
