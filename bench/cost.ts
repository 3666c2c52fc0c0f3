/**
 * How much database time a unit of cost stands for, for operations of many shapes, and where the two disagree.
 *
 *   npm run bench -- cost [--plays 200000] [--songs 50000] [--times 3] [--database URL]
 *
 * Operations that would be refused are measured, too: the gateway is asked as an operator without limits.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config/read-config.js';
import { openServer } from '../src/database/server.js';
import { createApp } from '../src/gateway/app.js';
import { createLogger } from '../src/http/logs/logger.js';
import { shapes } from './cost/shapes.js';
import { connectTo, startDatabase } from './support/database.js';
import { cpuMsOfChildren } from './support/processes.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '200000' },
    songs: { type: 'string', default: '50000' },
    times: { type: 'string', default: '3' },
    database: { type: 'string' },
  },
});
const size = {
  plays: Number(options.plays),
  songs: Number(options.songs),
  listeners: 50_000,
  artists: 3_000,
};
/** What a unit is meant to stand for; an operation that takes more than this many times as long is weighed too low. */
const microsecondsPerUnit = 10;
const tolerance = 2;

const source = options.database
  ? await connectTo(options.database)
  : await startDatabase(size, (text) => console.error(text));
/** Parallel workers would end before their processor time is read. */
const connectionString = `${source.url}?options=-c%20max_parallel_workers_per_gather%3D0`;
const database = openServer({ connectionString, statementTimeoutMs: 60_000, preparesStatements: true });
const secret = 'the-secret-of-an-operator-in-the-bench';
const config = readConfig({
  DATABASE_URL: source.url,
  PORT: '0',
  REFRESH_SCHEDULE: 'off',
  RESPONSE_CACHE: 'off',
  OPERATOR_KEYS: `bench:${secret}`,
  LOG_LEVEL: 'silent',
  RATE_LIMIT: 'off',
  LIMITS:
    'operator.cost:1000000000,operator.burst:1000000000,operator.conditions:100000,operator.patterns:100000,operator.counts:100000',
});
const gateway = await createApp({ config, database, log: createLogger(config) });
const url = await gateway.listen();
await gateway.ready;

/** @returns its cost in units. */
async function ask(query: string): Promise<number> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query, extensions: { cost: true } }),
  });
  const answer = (await response.json()) as {
    errors?: object[];
    extensions?: { cost: { requested: number } };
  };
  if (answer.errors || !answer.extensions)
    throw new Error(`Expected an answer, got ${JSON.stringify(answer)}`);
  return answer.extensions.cost.requested;
}

/** Processor time of the server, which does not depend on what else the machine is doing, for one of `times` askings. */
async function databaseMsOf(query: string): Promise<number> {
  const before = cpuMsOfChildren(source.serverPid);
  let times = 0;
  let spentMs = 0;
  // The system counts hundredths of a second.
  while (times < 1_000 && (times < Number(options.times) || spentMs < 150)) {
    await ask(query);
    times += 1;
    spentMs = cpuMsOfChildren(source.serverPid) - before;
  }
  return spentMs / times;
}

try {
  const { rows } = await source.client.query<{ version: string; songs: number }>(
    `select current_setting('server_version') as version, (select count(*)::int from mv_song_analytics) as songs`,
  );
  console.log(`PostgreSQL ${rows[0]?.version}, ${rows[0]?.songs} songs, Node.js ${process.version}\n`);
  console.log('| operation | units | database ms (processor) | µs a unit | |');
  console.log('| --- | --: | --: | --: | --- |');
  for (const [name, query] of shapes) {
    // The first time reads from disk and plans.
    const units = await ask(query);
    const databaseMs = await databaseMsOf(query);
    const perUnit = (databaseMs * 1000) / units;
    // What a statement takes whatever it does is more than a few units.
    const isWeighedTooLow = databaseMs > 2 && perUnit > microsecondsPerUnit * tolerance;
    const verdict = isWeighedTooLow ? 'weighed too low' : '';
    console.log(`| ${name} | ${units} | ${databaseMs.toFixed(1)} | ${perUnit.toFixed(1)} | ${verdict} |`);
  }
} finally {
  await gateway.close();
  await source.stop();
}
