import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { divideConfig } from '../../src/gateway/workers/divide-config.js';

const server = { DATABASE_URL: 'postgresql://me@db.example/music' };

test('What is bounded for the gateway is divided among its workers, rounded up', () => {
  const divided = divideConfig(
    readConfig({ ...server, DATABASE_CONNECTIONS: '11', EXPORTS_AT_ONCE: '1' }),
    3,
  );
  expect(divided).toMatchObject({
    databaseConnections: 4,
    databaseQueue: 1_667,
    requestsAtOnce: 86,
    exportsAtOnce: 1,
    connectionLimits: { open: 3_334, unfinished: 342, unfinishedPerAddress: 22 },
    responseCacheMegabytes: 22,
    webhooks: null,
  });
});

test('A worker has two connections at least, and no cache where there is to be none', () => {
  const config = readConfig({ ...server, RESPONSE_CACHE: 'off' });
  expect(divideConfig(config, 64)).toMatchObject({ databaseConnections: 2, responseCacheMegabytes: 0 });
});

test('What one request may ask for is the same for every worker', () => {
  const config = readConfig(server);
  const { limits, statementLimitSeconds, requestLimitSeconds } = divideConfig(config, 4);
  expect({ limits, statementLimitSeconds, requestLimitSeconds }).toEqual({
    limits: config.limits,
    statementLimitSeconds: 10,
    requestLimitSeconds: 15,
  });
});
