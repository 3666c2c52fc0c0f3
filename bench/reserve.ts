/**
 * How long monitoring takes to answer while every connection of the public pool is held by a slow query.
 *
 *   npm run bench -- reserve [--questions 300]
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config/read-config.js';
import { migrate } from '../src/database/migrations/migrate.js';
import { openServer } from '../src/database/server.js';
import { createApp } from '../src/gateway/app.js';
import { createLogger } from '../src/http/logs/logger.js';
import { startPostgres } from '../test/support/postgres.js';

const { values } = parseArgs({ options: { questions: { type: 'string', default: '300' } } });
const question = '{ monitoring { pool { active waiting } database { connections } } }';

const server = await startPostgres(18);
const database = openServer({ connectionString: server.url, statementTimeoutMs: 0 });
await migrate(database);
const secret = 'the-secret-of-an-operator-in-the-bench';
const config = readConfig({
  DATABASE_URL: server.url,
  PORT: '0',
  REFRESH_SCHEDULE: 'off',
  OPERATOR_KEYS: `bench:${secret}`,
  LOG_LEVEL: 'silent',
  RATE_LIMIT: 'off',
});
const gateway = await createApp({ config, database, log: createLogger(config) });
const url = await gateway.listen();
await gateway.ready;
const ask = async () => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query: question }),
  });
  const answer = (await response.json()) as { data?: object; errors?: object[] };
  if (!answer.data || answer.errors) throw new Error(`Expected an answer, got ${JSON.stringify(answer)}`);
};
try {
  const sleeper = 'mycelix-analytics sleeper';
  const connections = database.maxConnections;
  const held = Array.from({ length: connections }, () =>
    database.query(`/* ${sleeper} */ select pg_sleep(600)`).catch(() => {}),
  );
  const durations: number[] = [];
  for (let n = 0; n < Number(values.questions); n++) {
    const start = performance.now();
    await ask();
    durations.push(performance.now() - start);
  }
  durations.sort((one, other) => one - other);
  const quantile = (share: number) =>
    (durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] as number).toFixed(1);
  console.log(
    `${durations.length} questions while ${connections} of ${connections} public connections are held: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms`,
  );
  const admin = openServer({ connectionString: server.url });
  await admin.query(
    `select pg_cancel_backend(pid) from pg_stat_activity where query like '/* ${sleeper}%' and pid <> pg_backend_pid()`,
  );
  await admin.close();
  await Promise.all(held);
} finally {
  await gateway.close();
  await server.stop();
}
