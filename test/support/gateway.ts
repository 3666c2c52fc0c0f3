import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import type { TypedText } from '../../src/client/document.js';
import { readConfig } from '../../src/config/read-config.js';
import type { Database } from '../../src/database/database.js';
import { type App, createApp } from '../../src/gateway/app.js';
import { openDatabase } from '../../src/gateway/databases/open-database.js';
import { createLogger } from '../../src/http/logs/logger.js';
import { type DatabaseName, describeEachDatabase } from './databases.js';
import { requireNothingTold } from './nothing-told.js';
import { urlOf } from './open-server.js';
import { type Pooler, startPooler } from './pooler.js';

/** Who asks: nobody in particular, somebody who is on call, or an address that signed in. */
export type Asker = 'public' | 'operator' | `0x${string}`;

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  readonly data: Data | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface Gateway {
  readonly url: string;
  readonly database: Database;
  /** What the public is answered from: the same, unless a pooler stands before it. */
  readonly reading: Database;
  readonly events: App['events'];
  /** Every line that was logged so far. */
  readonly lines: readonly string[];
  /** Asks as a front end would: one POST over HTTP. */
  ask<Data, Variables>(
    document: TypedText<Data, Variables>,
    variables?: Variables,
    asker?: Asker,
  ): Promise<Answer<Data>>;
  ask(document: string, variables?: object, asker?: Asker): Promise<Answer<Record<string, unknown>>>;
  /** Asks for a path with the credentials of the asker. */
  fetch(path: string, asker?: Asker, options?: RequestInit): Promise<Response>;
  /** The same for an answer that has to come without errors. */
  read<Data, Variables>(
    document: TypedText<Data, Variables>,
    variables?: Variables,
    asker?: Asker,
  ): Promise<Data>;
  /** @throws Error when a log line, a metric or an error told of an address, a token or a key. */
  close(): Promise<void>;
}

const operatorSecret = 'the-secret-of-an-operator-in-the-tests';
const issuer = 'https://issuer.test';
const audience = 'gateway';

/** Starts the real gateway over a database, which it closes in the end. */
export async function startGateway(
  database: Database,
  environment: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwksFile = path.join(folder, 'jwks.json');
  const key = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  writeFileSync(jwksFile, JSON.stringify({ keys: [key] }));
  const connectionString = urlOf(database);
  const pooler = await poolerBefore(connectionString);
  const config = readConfig({
    DATABASE_URL: connectionString,
    PORT: '0',
    REFRESH_SCHEDULE: 'off',
    OPERATOR_KEYS: `ada:${operatorSecret}`,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_JWKS_FILE: jwksFile,
    LOG_LEVEL: 'warn',
    // All tests come from one network, faster than anybody asks.
    RATE_LIMIT: 'off',
    ...(connectionString && pooler
      ? {
          DATABASE_URL: pooler.through(connectionString),
          DATABASE_DIRECT_URL: connectionString,
          DATABASE_CONNECTIONS: String(database.maxConnections),
        }
      : {}),
    ...environment,
  });
  const lines: string[] = [];
  const log = createLogger(config, { write: (line) => void lines.push(line) });
  // Tests go on writing, and counting what is asked, through the one that they opened.
  const reading = pooler ? await openDatabase(config) : database;
  const app: App = await createApp({ config, database: reading, log });
  if (reading !== database) shareObservers(reading, database);
  const url = await app.listen();
  await app.ready;

  const complaints: string[] = [];
  const metrics = () =>
    Promise.all(
      ['/metrics', '/metrics/database'].map(async (at) => (await fetch(`${url}${at}`)).text()),
    ).catch(() => []);

  const tokens = new Map<string, Promise<string>>();
  const sign = (address: string) =>
    new SignJWT({ sub: address, iss: issuer, aud: audience })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setExpirationTime('1 hour')
      .sign(privateKey);
  const credentialsOf = async (asker: Asker): Promise<Record<string, string>> => {
    if (asker === 'public') return {};
    if (asker === 'operator') return { authorization: `Bearer ${operatorSecret}` };
    const token = tokens.get(asker) ?? sign(asker);
    tokens.set(asker, token);
    return { authorization: `Bearer ${await token}` };
  };

  const ask = async <Data>(
    document: { toString(): string },
    variables: unknown = {},
    asker: Asker = 'public',
  ): Promise<Answer<Data>> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await credentialsOf(asker)) },
      body: JSON.stringify({ query: String(document), variables }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as Pick<Answer<Data>, 'data'> & Partial<Pick<Answer<Data>, 'errors'>>;
    for (const error of body.errors ?? []) complaints.push(JSON.stringify(error));
    return {
      status: response.status,
      headers: response.headers,
      text,
      data: body.data,
      errors: body.errors ?? [],
    };
  };

  return {
    url,
    database,
    reading,
    events: app.events,
    lines,
    ask: ask as Gateway['ask'],
    fetch: async (path, asker = 'public', options = {}) =>
      fetch(`${url}${path}`, {
        ...options,
        headers: { ...(await credentialsOf(asker)), ...(options.headers as Record<string, string>) },
      }),
    async read<Data, Variables>(
      document: TypedText<Data, Variables>,
      variables?: Variables,
      asker?: Asker,
    ): Promise<Data> {
      const { data, errors } = await ask<Data>(document, variables, asker);
      if (!data || errors.length > 0)
        throw new Error(`Expected an answer without errors, got ${JSON.stringify(errors)}`);
      return data;
    },
    async close() {
      const measured = await metrics();
      await app.close();
      if (pooler) await database.close();
      await pooler?.stop();
      rmSync(folder, { recursive: true, force: true });
      requireNothingTold('a log line', lines);
      requireNothingTold('a metric', measured);
      requireNothingTold('an error', complaints);
    },
  };
}

/** Tells the observers of each of what is read through the other, too. */
function shareObservers(reading: Database, database: Database): void {
  for (const observer of reading.observers) database.observers.add(observer);
  reading.observers.add((metric) => {
    for (const observer of database.observers) if (!reading.observers.has(observer)) observer(metric);
  });
}

/** With TEST_POOLER=1 the public reads through PgBouncer, which pools by the transaction. */
function poolerBefore(connectionString: string | undefined): Promise<Pooler> | null {
  return connectionString && process.env.TEST_POOLER ? startPooler(connectionString) : null;
}

/** Declares the same tests for a gateway over each kind of database, with the fixture in it. */
export function describeEachGateway(
  title: string,
  body: (gateway: () => Gateway, name: DatabaseName) => void,
  environment: Readonly<Record<string, string>> = {},
): void {
  describeEachDatabase(title, (open, name) => {
    let gateway: Gateway | undefined;
    beforeAll(async () => {
      gateway = await startGateway(await open('fixture'), environment);
    });
    afterAll(() => gateway?.close());
    body(() => {
      if (!gateway) throw new Error('Expected to be asked for inside of a test.');
      return gateway;
    }, name);
  });
}
