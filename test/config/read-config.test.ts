import { availableParallelism } from 'node:os';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { defaultConnectionLimits, defaultLimits } from '../../src/config/limits.js';
import { readConfig } from '../../src/config/read-config.js';
import { countWorkers } from '../../src/gateway/workers/count-workers.js';
import { faultsOf } from './faults-of.js';

const secret = 'correct-horse-battery-staple-0123456789';

test('an empty environment gives the documented defaults', () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    databaseReadUrls: [],
    dataDir: '.data',
    host: '127.0.0.1',
    port: 4000,
    workers: 1,
    refreshSchedule: '* * * * *',
    viewSchedules: {},
    verifySchedule: null,
    verifyLimitSeconds: 600,
    webhooks: null,
    instanceName: null,
    operatorKeys: [],
    jwt: undefined,
    corsOrigins: [],
    demoLive: true,
    databaseConnections: 10,
    databaseQueue: 5_000,
    databaseWaitSeconds: 5,
    statementLimitSeconds: 10,
    requestLimitSeconds: 15,
    requestsAtOnce: 256,
    exportsAtOnce: 4,
    exportLimitSeconds: 600,
    connectionLimits: defaultConnectionLimits,
    preparesStatements: true,
    responseCacheMegabytes: 64,
    staleLimitSeconds: 600,
    withholdListenersUnder: 0,
    limits: defaultLimits,
    limitsRate: true,
    trustedDocumentsOnly: false,
    trustedDocumentsFile: undefined,
    edgePurgeUrls: [],
    edgePurgeToken: undefined,
    describesSchema: true,
    logLevel: 'info',
    logFormat: 'auto',
    trustProxy: [],
    tracing: null,
  });
});

test('a variable that is empty counts as unset, and one of another program is not looked at', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', JWT_ISSUER: '', PATH: '/bin' })).toEqual(readConfig({}));
});

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test('everything that is given is read', () => {
  const config = readConfig({
    DATABASE_URL: 'postgresql://me:word@db.example:6432/music',
    DATABASE_DIRECT_URL: 'postgres://me:word@db.example/music',
    HOST: '::',
    PORT: '0',
    REFRESH_SCHEDULE: 'off',
    OPERATOR_KEYS: `ada:${secret}, grace:${secret}:with:colons`,
    JWT_ISSUER: 'https://issuer.example',
    JWT_AUDIENCE: 'analytics',
    JWT_JWKS_URL: 'https://issuer.example/jwks',
    CORS_ORIGINS: 'https://a.example, https://b.example:8443',
    DEMO_LIVE: 'off',
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
    TRUST_PROXY: '10.0.0.0/8,::1',
  });
  expect(config.databaseUrl?.reveal()).toBe('postgresql://me:word@db.example:6432/music');
  expect(config.operatorKeys.map((key) => [key.name, key.secret.reveal()])).toEqual([
    ['ada', secret],
    ['grace', `${secret}:with:colons`],
  ]);
  expect(config).toMatchObject({
    host: '::',
    port: 0,
    refreshSchedule: null,
    viewSchedules: {},
    jwt: { issuer: 'https://issuer.example', audience: 'analytics', jwksUrl: 'https://issuer.example/jwks' },
    corsOrigins: ['https://a.example', 'https://b.example:8443'],
    demoLive: false,
    logLevel: 'silent',
    logFormat: 'json',
    trustProxy: ['10.0.0.0/8', '::1'],
  });
});

test('a time limit that is not inside of the one around it is named', () => {
  expect(faultsOf({ STATEMENT_LIMIT_SECONDS: '20' })).toEqual([
    'DATABASE_WAIT_SECONDS, STATEMENT_LIMIT_SECONDS, REQUEST_LIMIT_SECONDS: expected each to be larger than the one before, got 5, 20, 15',
  ]);
  expect(faultsOf({ STATEMENT_LIMIT_SECONDS: '20', REQUEST_LIMIT_SECONDS: '30' })).toEqual([]);
  expect(faultsOf({ DATABASE_CONNECTIONS: '1' })).toEqual([
    'DATABASE_CONNECTIONS: expected a whole number from 2 to 1000, got "1"',
  ]);
});

test('the addresses of edges may hold secrets, so faults do not repeat them', () => {
  const { edgePurgeUrls, edgePurgeToken } = readConfig({
    EDGE_PURGE_URLS: 'http://edge:6081/, https://edge.example/purge?key=word',
    EDGE_PURGE_TOKEN: 'a-token',
  });
  expect(edgePurgeUrls.map((url) => url.reveal())).toEqual([
    'http://edge:6081/',
    'https://edge.example/purge?key=word',
  ]);
  expect(edgePurgeToken?.reveal()).toBe('a-token');
  expect(
    faultsOf({
      EDGE_PURGE_URLS: 'http://word@edge/, http://edge/, edge.example/secret',
      EDGE_PURGE_TOKEN: 'two words',
    }),
  ).toEqual([
    'EDGE_PURGE_URLS: expected URLs such as http://edge.internal/, without credentials, got something else as number 1',
    'EDGE_PURGE_URLS: expected URLs such as http://edge.internal/, without credentials, got something else as number 3',
    'EDGE_PURGE_TOKEN: expected printable ASCII without spaces, got something else',
  ]);
});

test('every fault is named at once', () => {
  const faults = faultsOf({
    DATABASE_URL: 'mysql://somewhere',
    DATABASE_DIRECT_URL: 'nowhere',
    PORT: '70000',
    REFRESH_SCHEDULE: 'sometimes',
    OPERATOR_KEYS: `short:abc,nameless,twice:${secret},twice:${secret}`,
    JWT_AUDIENCE: 'analytics',
    JWT_JWKS_URL: 'http://issuer.example/jwks',
    JWT_JWKS_FILE: '/no/such/file',
    CORS_ORIGINS: 'example.org,https://a.example/path',
    DEMO_LIVE: 'yes',
    LOG_LEVEL: 'loud',
    LOG_FORMAT: 'xml',
    TRUST_PROXY: '10.0.0.0/33,all',
  });
  const named = faults.map((fault) => fault.split(':')[0]);
  expect(named.sort()).toEqual(
    [
      'CORS_ORIGINS',
      'CORS_ORIGINS',
      'DATABASE_DIRECT_URL',
      'DATABASE_URL',
      'DEMO_LIVE',
      'JWT_ISSUER',
      'JWT_JWKS_FILE',
      'JWT_JWKS_URL',
      'JWT_JWKS_URL, JWT_JWKS_FILE',
      'LOG_FORMAT',
      'LOG_LEVEL',
      'OPERATOR_KEYS',
      'OPERATOR_KEYS',
      'OPERATOR_KEYS',
      'PORT',
      'REFRESH_SCHEDULE',
      'TRUST_PROXY',
      'TRUST_PROXY',
    ].sort(),
  );
});

test('views can have schedules of their own', () => {
  const environment = {
    REFRESH_SCHEDULE_MV_GENRE_STATS: '0 * * * *',
    REFRESH_SCHEDULE_MV_LISTENER_ACTIVITY: '',
  };
  expect(readConfig(environment).viewSchedules).toEqual({ mv_genre_stats: '0 * * * *' });
  expect(faultsOf({ REFRESH_SCHEDULE_MV_GENRE_STATS: 'hourly' })).toEqual([
    'REFRESH_SCHEDULE_MV_GENRE_STATS: expected a cron expression such as "0 * * * *", got "hourly"',
  ]);
  expect(faultsOf({ ...environment, REFRESH_SCHEDULE: 'off' })).toEqual([
    'REFRESH_SCHEDULE_<VIEW>: expected only where REFRESH_SCHEDULE is not off',
  ]);
});

test('views are verified by a schedule only on a server', () => {
  const environment = { VERIFY_SCHEDULE: '30 3 * * *', VERIFY_LIMIT_SECONDS: '60' };
  const server = { DATABASE_URL: 'postgresql://db.example/music' };
  expect(readConfig({ ...environment, ...server })).toMatchObject({
    verifySchedule: '30 3 * * *',
    verifyLimitSeconds: 60,
  });
  expect(readConfig({ VERIFY_SCHEDULE: 'off' }).verifySchedule).toBeNull();
  expect(faultsOf(environment)).toEqual([
    expect.stringMatching(/^VERIFY_SCHEDULE: expected only together with DATABASE_URL/),
  ]);
  expect(faultsOf({ ...server, VERIFY_SCHEDULE: 'nightly', VERIFY_LIMIT_SECONDS: '0' })).toEqual([
    'VERIFY_SCHEDULE: expected a cron expression such as "30 3 * * *", or off, got "nightly"',
    'VERIFY_LIMIT_SECONDS: expected a whole number from 1 to 3600, got "0"',
  ]);
});

test('every fault says what was expected', () => {
  for (const fault of faultsOf({ PORT: '-1', DEMO_LIVE: 'maybe', TRUST_PROXY: 'x', OPERATOR_KEYS: 'a:b' }))
    expect(fault).toContain('expected');
});

test.each(['1.5', '-1', '65536', '0x10', ' 80', 'http'])('the port %j is refused', (PORT) => {
  expect(faultsOf({ PORT })).toHaveLength(1);
});

test('a direct URL alone is refused, because the embedded database would be used', () => {
  expect(faultsOf({ DATABASE_DIRECT_URL: 'postgresql://db.example/music' })).toEqual([
    expect.stringContaining('only together with DATABASE_URL'),
  ]);
});

test('a secret is shown by no way of printing', () => {
  const config = readConfig({
    DATABASE_URL: `postgresql://me:${secret}@db.example/music`,
    DATABASE_DIRECT_URL: `postgresql://me:${secret}@db.example/music`,
    OPERATOR_KEYS: `ada:${secret}`,
  });
  const shown = [
    inspect(config, { depth: null, showHidden: true }),
    JSON.stringify(config),
    `${config.databaseUrl} ${config.operatorKeys[0]?.secret}`,
    String(Object.entries(config.databaseUrl ?? {})),
    structuredClone({ ...config.databaseUrl }),
  ].map((form) => (typeof form === 'string' ? form : JSON.stringify(form)));
  for (const form of shown) expect(form).not.toContain(secret);
});

test('a secret is repeated by no message about what is wrong with it', () => {
  const messages = [
    faultsOf({ DATABASE_URL: `mysql://me:${secret}@db.example` }),
    faultsOf({ DATABASE_URL: secret, DATABASE_DIRECT_URL: secret }),
    faultsOf({ OPERATOR_KEYS: secret }),
    faultsOf({ OPERATOR_KEYS: `a name with blanks:${secret}` }),
    faultsOf({ OPERATOR_KEYS: `twice:${secret},twice:${secret}` }),
    faultsOf({ OPERATOR_KEYS: 'short:tooshortsecret' }),
  ];
  for (const faults of messages) {
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).not.toContain(secret);
    expect(faults.join('\n')).not.toContain('tooshortsecret');
  }
});

test('several processes need a server, and auto is as many as can run at once', () => {
  const server = { DATABASE_URL: 'postgresql://me@db.example/music' };
  expect(readConfig({ ...server, WORKERS: '3' }).workers).toBe(3);
  expect(readConfig({ WORKERS: '1' }).workers).toBe(1);
  expect(countWorkers(readConfig({ WORKERS: 'auto' }))).toBe(1);
  expect(countWorkers(readConfig({ ...server, WORKERS: 'auto' }))).toBe(availableParallelism());
  expect(faultsOf({ WORKERS: '2' })).toEqual([
    'WORKERS: expected 1 or auto without DATABASE_URL, because one process owns the embedded database, got "2"',
  ]);
  for (const wrong of ['0', '129', '1.5', 'all'])
    expect(faultsOf({ ...server, WORKERS: wrong })).toEqual([
      `WORKERS: expected a whole number from 1 to 128, or auto, got "${wrong}"`,
    ]);
});

test('Counts of listeners are withheld only where asked for, and only of views that are published together', () => {
  expect(readConfig({}).withholdListenersUnder).toBe(0);
  expect(readConfig({ WITHHOLD_LISTENERS_UNDER: 'off' }).withholdListenersUnder).toBe(0);
  expect(readConfig({ WITHHOLD_LISTENERS_UNDER: '5' }).withholdListenersUnder).toBe(5);
  for (const value of ['2', '0', '-5', '10000', '5.5', 'on'])
    expect(faultsOf({ WITHHOLD_LISTENERS_UNDER: value })).toEqual([
      `WITHHOLD_LISTENERS_UNDER: expected a whole number from 3 to 9999, or off, got ${JSON.stringify(value)}`,
    ]);
  const late = { REFRESH_SCHEDULE_MV_ARTIST_ANALYTICS: '0 * * * *' };
  expect(faultsOf({ WITHHOLD_LISTENERS_UNDER: '5', ...late })).toEqual([
    'WITHHOLD_LISTENERS_UNDER: expected only where songs, artists and the platform are published together, got REFRESH_SCHEDULE_MV_ARTIST_ANALYTICS',
  ]);
  expect(faultsOf({ WITHHOLD_LISTENERS_UNDER: 'off', ...late })).toEqual([]);
  expect(
    faultsOf({ WITHHOLD_LISTENERS_UNDER: '5', REFRESH_SCHEDULE_MV_LISTENER_ACTIVITY: '0 * * * *' }),
  ).toEqual([]);
});
