import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPurger } from '../../src/edge/purger.js';
import { createLogger } from '../../src/http/logs/logger.js';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

let received: Received[] = [];
/** The statuses of the next answers; 200 after them, and no answer at all for 0. */
let statuses: number[] = [];
const edge = createServer(({ method, url, headers }, response) => {
  received.push({ method, url, headers });
  const status = statuses.shift() ?? 200;
  if (status > 0) response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
});
let address = '';

beforeEach(async () => {
  received = [];
  statuses = [];
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
});
afterEach(async () => {
  edge.closeAllConnections();
  await new Promise((resolve) => edge.close(resolve));
});

function start(urls: readonly string[], token: string | null = null) {
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'info' }, { write: (line: string) => void lines.push(line) });
  return { purger: createPurger({ urls, token, log }), lines };
}

it('An edge is told twice to forget everything, with the key that all answers have', async () => {
  const { purger, lines } = start([`${address}/cache?zone=1`], 'the-token-of-the-edge');
  purger.purge();
  await vi.waitFor(() => expect(purger.counts()).toEqual({ done: 2, failed: 0 }), 30_000);
  for (const { method, url, headers } of received)
    expect({ method, url, key: headers['surrogate-key'], token: headers.authorization }).toEqual({
      method: 'PURGE',
      url: '/cache?zone=1',
      key: 'mycelix-analytics',
      token: 'Bearer the-token-of-the-edge',
    });
  expect(lines).toEqual([]);
  await purger.stop();
});

it('An edge that fails, redirects or says nothing is asked until it has forgotten, and logged once', async () => {
  statuses = [500, 302, 0];
  const { purger, lines } = start([`${address}/secret-path`]);
  purger.purge();
  await vi.waitFor(() => expect(purger.counts()).toEqual({ done: 1, failed: 3 }), 30_000);
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    'an edge could not be purged, and is asked until it can',
    'an edge can be purged again',
  ]);
  expect(lines.join()).not.toContain('secret-path');
  await purger.stop();
});

it('A purge that is asked for while another one runs is not lost', async () => {
  const { purger } = start([address]);
  for (let n = 0; n < 5; n++) {
    const before = received.length;
    purger.purge();
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(before), 30_000);
  }
  await purger.stop();
});

it('An edge that cannot be reached keeps neither the others waiting nor the gateway from stopping', async () => {
  const { purger } = start(['http://127.0.0.1:1/', address]);
  purger.purge();
  await vi.waitFor(() => expect(purger.counts()).toMatchObject({ done: 2 }), 30_000);
  expect(purger.counts().failed).toBeGreaterThan(0);
  statuses = [0];
  purger.purge();
  await vi.waitFor(() => expect(received).toHaveLength(3), 30_000);
  await purger.stop();
  purger.purge();
  expect(purger.counts().done).toBe(2);
});

it('Without edges nothing is done', async () => {
  const { purger } = start([]);
  purger.purge();
  await purger.stop();
  expect(purger.counts()).toEqual({ done: 0, failed: 0 });
});
