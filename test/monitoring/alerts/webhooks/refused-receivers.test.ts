import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../support/wait.js';
import { startNameServer } from './name-server.js';
import { type ReceiverServer, type Respond, type ServerSettings, startReceiver } from './receiver-server.js';
import { alertOf, configOf, startSending } from './sending.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
const receive = async (respond?: Respond, settings?: ServerSettings): Promise<ReceiverServer> => {
  const server = await startReceiver(respond, settings);
  open.push(server);
  return server;
};
const names = async (...addresses: string[]) => {
  const server = await startNameServer(addresses);
  open.push(server);
  return server;
};
const send = (...[config, limits, resolve]: Parameters<typeof startSending>) => {
  const sending = startSending(config, limits, resolve);
  open.push({ close: () => sending.webhooks.stop() });
  return sending;
};

describe('A receiver on a private address', () => {
  it('is sent nothing unless it is allowed, whatever its name is', async () => {
    const receiver = await receive();
    for (const url of [
      `https://127.0.0.1:${receiver.port}/`,
      `https://0x7f000001:${receiver.port}/`,
      `https://localhost:${receiver.port}/`,
      `https://[::ffff:127.0.0.1]:${receiver.port}/`,
    ]) {
      const { webhooks, logged } = send(configOf([url], '10.0.0.0/8'));
      webhooks.send(alertOf());
      await until('the end', () => webhooks.counts.failed === 1);
      expect(webhooks.counts.retried).toBe(0);
      expect(logged()[0]?.reason).toBe(
        'expected a public address, got a private one that ALERT_WEBHOOK_ALLOW_PRIVATE does not name',
      );
    }
    expect(receiver.connections()).toBe(0);
  });

  it('is allowed by its name or by its network', async () => {
    const receiver = await receive();
    const { resolve } = await names('127.0.0.1');
    for (const [host, allowed] of [
      ['alerts.test', 'alerts.test'],
      ['alerts.test', 'ALERTS.test,10.0.0.0/8'],
      ['127.0.0.1', '127.0.0.1'],
    ] as const) {
      const config = configOf([`http://${host}:${receiver.port}/`], allowed);
      const { webhooks } = send(config, {}, resolve);
      webhooks.send(alertOf());
      await until('the delivery', () => webhooks.counts.delivered === 1);
    }
    expect(receiver.received).toHaveLength(3);
  });

  it('is not sent to by a name that leads to a metadata service, even where the name is allowed', async () => {
    const { resolve } = await names('169.254.169.254');
    const { webhooks, logged } = send(configOf(['http://alerts.test/'], 'alerts.test'), {}, resolve);
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(logged()[0]?.reason).toMatch(/^expected a public address, got a reserved one/);
  });

  it('is not sent to without encryption by a name that leads to a public address', async () => {
    const { resolve } = await names('93.184.215.14');
    const { webhooks, logged } = send(configOf(['http://alerts.test/'], 'alerts.test'), {}, resolve);
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(logged()[0]?.reason).toBe('expected a private address for http, got a public one');
  });

  it('gets no connection when a name gives another address after it was looked at', async () => {
    const receiver = await receive((response) => void response.writeHead(500).end());
    const forbidden = await receive(undefined, { host: '127.0.0.2', port: receiver.port });
    const name = await names('127.0.0.1', '127.0.0.2');
    const urls = [`http://127.0.0.1:${receiver.port}/`.replace('127.0.0.1', 'alerts.test')];
    const config = {
      ...configOf(urls, 'alerts.test,127.0.0.1'),
      // As a public receiver would be: known by no name, and only one of the addresses may be connected to.
      privateReceivers: configOf(['https://alerts.test/'], '127.0.0.1').privateReceivers,
    };
    const { webhooks, logged } = send(config, {}, name.resolve);
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(receiver.received).toHaveLength(1);
    expect(forbidden.connections()).toBe(0);
    // Once for each try: a request that resolved the name by itself would have found nothing.
    expect(name.asked()).toBe(2);
    expect(logged().at(-1)?.reason).toMatch(/^expected a public address, got a private one/);
  });
});

describe('A redirect', () => {
  it.each([301, 302, 303, 307, 308])('is not followed: %i', async (status) => {
    const secretPlace = await receive();
    const receiver = await receive(
      (response) => void response.writeHead(status, { location: secretPlace.url }).end(),
    );
    const { webhooks, logged } = send(configOf([receiver.url]));
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(secretPlace.connections()).toBe(0);
    expect(receiver.received).toHaveLength(1);
    expect(logged()[0]?.reason).toBe(
      `it answered ${status}, and redirects are not followed; set the URL that it leads to`,
    );
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const program = fileURLToPath(new URL('send-one.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

describe.skipIf(!hasOpenssl)('Over https', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-certificates-'));
  const file = (name: string) => path.join(folder, name);
  const makeCertificate = (name: string, host: string) => {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-days', '2'],
        ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
      ],
      { stdio: 'ignore' },
    );
    return {
      key: readFileSync(file(`${name}.key`), 'utf8'),
      cert: readFileSync(file(`${name}.pem`), 'utf8'),
    };
  };
  let certificate: { key: string; cert: string };
  beforeAll(() => {
    certificate = makeCertificate('right', 'localhost');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const sendOne = async (url: string, environment: Readonly<Record<string, string>> = {}) => {
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, program, url], {
      env: { PATH: process.env.PATH, ...environment },
    });
    return JSON.parse(stdout) as unknown;
  };
  const refused = (code: string) => ({
    ...{ delivered: 0, retried: 0, failed: 1, dropped: 0 },
    reasons: [`the connection failed (${code})`],
  });

  it('a receiver with a certificate of an authority that is trusted gets the alert', async () => {
    const receiver = await receive(undefined, { certificate });
    const url = `https://localhost:${receiver.port}/`;
    expect(await sendOne(url, { NODE_EXTRA_CA_CERTS: file('right.pem') })).toMatchObject({ delivered: 1 });
    expect(receiver.received).toHaveLength(1);
  });

  it('a certificate that nobody vouches for is refused, also where Node.js was told to take any', async () => {
    const receiver = await receive(undefined, { certificate });
    const url = `https://localhost:${receiver.port}/`;
    const expected = refused('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await sendOne(url)).toEqual(expected);
    expect(await sendOne(url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual(expected);
    expect(receiver.received).toHaveLength(0);
  });

  it('a certificate of another host is refused', async () => {
    const other = makeCertificate('other', 'elsewhere.test');
    const receiver = await receive(undefined, { certificate: other });
    const trusted = { NODE_EXTRA_CA_CERTS: file('other.pem') };
    expect(await sendOne(`https://localhost:${receiver.port}/`, trusted)).toEqual(
      refused('ERR_TLS_CERT_ALTNAME_INVALID'),
    );
    expect(receiver.received).toHaveLength(0);
  });
});
