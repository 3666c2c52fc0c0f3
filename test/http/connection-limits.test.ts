import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionLimits } from '../../src/config/limits.js';
import { percentile } from '../faults/client.js';
import { createRawClient } from '../security/raw-client.js';
import { type ReadingGateway, startReadingGateway } from '../security/reading-gateway.js';
import { longestWaitMs, until } from '../support/wait.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

/** Longer by command: `FAULTS=long npx vitest run test/http/connection-limits.test.ts`. */
const isLong = process.env.FAULTS === 'long';

const head = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n';
const post = (query: string) => {
  const body = JSON.stringify({ query });
  return `${head}content-length: ${body.length}\r\n\r\n${body}`;
};
const whole = post('{ direct }');
const slowBody = `${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`;
const slowHead = head.slice(0, 40);

interface Slow {
  readonly socket: Socket;
  isOpen: boolean;
  answer: string;
}

let port: number;
let gateway: ReadingGateway | TestGateway | undefined;
let slow: Slow[] = [];
afterEach(async () => {
  for (const { socket } of slow) socket.destroy();
  slow = [];
  await gateway?.close();
  gateway = undefined;
});

const start = async (limits?: Partial<ConnectionLimits>, trustProxy: readonly string[] = []) => {
  const connectionLimits = limits && {
    open: 10_000,
    unfinished: 1_024,
    unfinishedPerAddress: 64,
    ...limits,
  };
  const started = await startReadingGateway({ connectionLimits, trustProxy });
  gateway = started;
  port = started.port;
};
/** Opens a connection, sends bytes over it and leaves it open. */
const hold = (bytes: string, localAddress = '127.0.0.1') =>
  new Promise<Slow>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    const held: Slow = { socket, isOpen: true, answer: '' };
    slow.push(held);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      held.answer += chunk.toString('latin1');
    });
    socket.on('close', () => {
      held.isOpen = false;
    });
    socket.on('connect', () => socket.write(bytes, () => resolve(held)));
  });
const holdMany = async (count: number, bytes: string, addressOf: (n: number) => string) => {
  for (let n = 0; n < count; n++) await hold(bytes, addressOf(n));
};
const askFrom = async (localAddress: string, bytes = whole) => {
  const client = createRawClient(port, longestWaitMs, localAddress);
  const { status } = await client.send(Buffer.from(bytes));
  client.leave();
  return status;
};
const countOpen = () => slow.filter(({ isOpen }) => isOpen).length;

describe('Too many unfinished requests of one address', () => {
  it.each([
    ['bodies', slowBody],
    ['heads', slowHead],
    ['connections without a byte', ''],
  ])('are ended down to its limit, and nobody is refused meanwhile: %s', async (_what, bytes) => {
    await start();
    await holdMany(300, bytes, () => '127.0.0.1');
    await until('the limit', async () => {
      expect([await askFrom('127.0.0.1'), await askFrom('127.0.0.2')]).toEqual([200, 200]);
      return countOpen() <= 64;
    });
    expect(countOpen()).toBe(64);
    // The oldest had to go, and were told why.
    expect(slow.slice(0, 236).every(({ isOpen }) => !isOpen)).toBe(true);
    for (const { answer } of slow.slice(0, 236)) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain('too many others');
    }
  });

  it('are counted by the address that a trusted proxy names, and the proxy itself by none', async () => {
    await start({ unfinishedPerAddress: 4 }, ['127.0.0.0/8']);
    const forwarded = (address: string) =>
      slowBody.replace('host: gateway', `host: gateway\r\nx-forwarded-for: ${address}`);
    await holdMany(20, slowHead, () => '127.0.0.1');
    await holdMany(20, forwarded('203.0.113.7'), () => '127.0.0.1');
    await holdMany(3, forwarded('203.0.113.8'), () => '127.0.0.1');
    for (let n = 0; n < 6; n++) await hold(forwarded(`2001:db8:1:2::${n}`));
    await until('the limit', () => countOpen() <= 20 + 4 + 3 + 4);
    expect(slow.map(({ isOpen }) => isOpen)).toEqual([
      ...Array<boolean>(20).fill(true),
      ...Array<boolean>(16).fill(false),
      ...Array<boolean>(4 + 3).fill(true),
      ...Array<boolean>(2).fill(false),
      ...Array<boolean>(4).fill(true),
    ]);
  });
});

describe('Too many unfinished requests of many addresses', () => {
  it('are ended down to the limit of all, those first whose address has the most', async () => {
    await start({ unfinished: 40 });
    await holdMany(30, slowBody, () => '127.0.0.1');
    await holdMany(30, slowHead, (n) => `127.0.1.${n + 1}`);
    await until('the limit', () => countOpen() <= 40);
    expect(countOpen()).toBe(40);
    expect(slow.slice(30).every(({ isOpen }) => isOpen)).toBe(true);
  });
});

describe('Answers that are not read', () => {
  it('are counted, too', async () => {
    const started = await startTestGateway({
      stalledLimitMs: 600_000,
      connectionLimits: { open: 100, unfinished: 50, unfinishedPerAddress: 3 },
      plugins: [async (app) => void app.get('/large', async () => 'x'.repeat(20_000_000))],
    });
    gateway = started;
    port = Number(new URL(started.url).port);
    const connected = () =>
      new Promise<number>((resolve) =>
        started.server.app.server.getConnections((_error, count) => resolve(count)),
      );
    for (let n = 0; n < 8; n++) (await hold('GET /large HTTP/1.1\r\nhost: gateway\r\n\r\n')).socket.pause();
    await until('the limit', async () => (await connected()) <= 3);
    expect(await connected()).toBe(3);
  });
});

describe('When the connections become scarce', () => {
  it('those are ended that wait for a next request, and not those that are in use', async () => {
    const started = await startTestGateway({
      stalledLimitMs: 600_000,
      connectionLimits: { open: 20, unfinished: 10, unfinishedPerAddress: 10 },
    });
    gateway = started;
    port = Number(new URL(started.url).port);
    // Only the scarcity ends them.
    started.server.app.server.keepAliveTimeout = 0;
    started.server.app.server.requestTimeout = 0;
    const asked = post('{ song { id } }');
    const busy = await hold(slowBody, '127.0.0.9');
    for (let n = 0; n < 60; n++) {
      const idle = await hold(asked);
      // One that found no place is one that others were ended for.
      await until('an answer or an end', () => idle.answer.includes('"data"') || !idle.isOpen);
    }
    expect(await until('a place', async () => (await askFrom('127.0.0.2', asked)) === 200)).toBe(true);
    expect(busy.isOpen).toBe(true);
    expect(countOpen()).toBeLessThanOrEqual(20);
  });

  it('connections that wait for a next request are left alone otherwise', async () => {
    await start({ unfinishedPerAddress: 2 });
    const [first, second] = [whole.slice(0, -5), whole.slice(-5)];
    for (let n = 0; n < 10; n++) {
      const { socket } = await hold(first);
      expect(await askFrom('127.0.0.2')).toBe(200);
      socket.write(second);
    }
    await holdMany(6, slowHead, () => '127.0.0.1');
    await until('the limit', () => slow.slice(10).filter(({ isOpen }) => isOpen).length <= 2);
    expect(slow.slice(0, 10).every(({ isOpen, answer }) => isOpen && answer.includes('"data"'))).toBe(true);
  });
});

describe.runIf(isLong)('Thousands of unfinished requests', () => {
  const measure = async (forMs: number) => {
    const durations: number[] = [];
    const statuses = new Map<number, number>();
    const client = createRawClient(port, longestWaitMs, '127.0.0.2');
    for (const end = performance.now() + forMs; performance.now() < end; ) {
      const from = performance.now();
      const { status } = await client.send(Buffer.from(whole));
      durations.push(performance.now() - from);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    client.leave();
    return { p99Ms: percentile(durations, 0.99), statuses: Object.fromEntries(statuses) };
  };

  it.each([
    ['2,000 from one address', 2_000, () => '127.0.0.1'],
    ['500 from 500 addresses', 500, (n: number) => `127.0.${1 + Math.floor(n / 250)}.${1 + (n % 250)}`],
  ])('at most double the p99 of others: %s', async (what, count, addressOf) => {
    await start();
    await measure(3_000);
    const before = await measure(10_000);
    await holdMany(count, slowBody, addressOf);
    const during = await measure(10_000);
    console.log(`${what}: ${JSON.stringify({ before, during, open: countOpen() })}`);
    expect(Object.keys(during.statuses)).toEqual(['200']);
    expect(during.p99Ms).toBeLessThan(2 * before.p99Ms + 5);
  });
});
