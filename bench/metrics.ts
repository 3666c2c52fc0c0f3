/**
 * What it costs to watch: the processor time of the gateway for one uncached request, with its queries observed and
 * with nobody observing them, in interleaved rounds of one run; and what counting one answer costs.
 *
 *   npm run bench -- metrics [--rounds 20] [--requests 1000]
 */
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Registry } from 'prom-client';
import { readConfig } from '../src/config/read-config.js';
import { migrate } from '../src/database/migrations/migrate.js';
import { openServer } from '../src/database/server.js';
import { createApp } from '../src/gateway/app.js';
import { createLogger } from '../src/http/logs/logger.js';
import { createRequestMetrics } from '../src/monitoring/prometheus/request-metrics.js';
import { loadFixture } from '../test/support/fixture.js';
import { startPostgres } from '../test/support/postgres.js';
import type { Round } from './metrics/client.js';
import { median } from './support/median.js';

const { values: options } = parseArgs({
  options: {
    /** Pairs of rounds, one observed and one not. */
    rounds: { type: 'string', default: '20' },
    requests: { type: 'string', default: '1000' },
  },
});
const rounds = Number(options.rounds);
const requests = Number(options.requests);

const postgres = await startPostgres(18);
const database = openServer({ connectionString: postgres.url, preparesStatements: true });
await migrate(database);
await loadFixture(database);
const config = readConfig({
  DATABASE_URL: postgres.url,
  PORT: '0',
  REFRESH_SCHEDULE: 'off',
  RESPONSE_CACHE: 'off',
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'error',
  OPERATOR_KEYS: `bench:${'x'.repeat(40)}`,
});
const app = await createApp({ config, database, log: createLogger(config) });
const url = `${await app.listen()}/graphql`;
await app.ready;
const client = fork(new URL('./metrics/client.ts', import.meta.url), { execArgv: process.execArgv });

/** A client that ends before it has asked everything was refused something, and has said what. */
const refused = once(client, 'exit').then(() =>
  Promise.reject(new Error('Expected answers, got a refusal.')),
);
refused.catch(() => {});

const round: Round = {
  url,
  body: JSON.stringify({
    query: '{ trendingSongs(first: 20) { title playCount trendingScore artist { artistName totalPlays } } }',
  }),
  requests,
  connections: 8,
};

/** Microseconds on a processor for one request, of this whole process. */
async function measure(isObserved: boolean): Promise<number> {
  const observers = [...database.observers];
  if (!isObserved) database.observers.clear();
  const before = process.cpuUsage();
  client.send(round);
  await Promise.race([once(client, 'message'), refused]);
  const { user, system } = process.cpuUsage(before);
  for (const observer of observers) database.observers.add(observer);
  return (user + system) / requests;
}

try {
  for (let warm = 0; warm < 6; warm++) await measure(warm % 2 === 0);
  const observed: number[] = [];
  const unobserved: number[] = [];
  for (let index = 0; index < rounds; index++) {
    // The order turns, so that what drifts does not lean to one side.
    for (const isObserved of index % 2 === 0 ? [true, false] : [false, true])
      (isObserved ? observed : unobserved).push(await measure(isObserved));
  }
  const ratio = median(observed.map((value, index) => value / (unobserved[index] as number)));
  const line = (name: string, values: readonly number[]) =>
    process.stdout.write(
      `${name.padEnd(12)} ${median(values).toFixed(1)} µs a request (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})\n`,
    );
  line('observed', observed);
  line('unobserved', unobserved);
  process.stdout.write(`median of the ratios of ${rounds} pairs: ${ratio.toFixed(4)}\n`);

  const observe = [...database.observers];
  const queries = 200_000;
  const started = performance.now();
  for (let index = 0; index < queries; index++)
    for (const observer of observe)
      observer({ name: 'songs', durationMs: 0.5 + (index % 97) / 10, startedAt: new Date(0), rows: 20 });
  process.stdout.write(
    `observing one query: ${(((performance.now() - started) * 1e6) / queries).toFixed(0)} ns\n`,
  );
  const { answered } = createRequestMetrics(new Registry());
  const begun = performance.now();
  for (let index = 0; index < queries; index++) answered('/graphql', 200, (index % 97) / 10);
  process.stdout.write(
    `counting one answer: ${(((performance.now() - begun) * 1e6) / queries).toFixed(0)} ns\n`,
  );
} finally {
  client.kill();
  await app.close();
  await postgres.stop();
}
