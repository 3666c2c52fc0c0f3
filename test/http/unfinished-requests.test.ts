import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Admission, createAdmission } from '../../src/http/overload/admission.js';
import { createRawClient } from '../security/raw-client.js';
import { type ReadingGateway, startReadingGateway } from '../security/reading-gateway.js';

const patienceMs = 30_000;

let admission: Admission;
let gateway: ReadingGateway;
let sockets: Socket[];
beforeEach(async () => {
  admission = createAdmission({ atOnce: 8, atLeast: 8 });
  gateway = await startReadingGateway({ admission });
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  gateway.release();
  await gateway.close();
  admission.stop();
});

const send = async (text: string) => {
  const client = createRawClient(gateway.port, patienceMs);
  const { status, text: answer } = await client.send(Buffer.from(text));
  client.leave();
  return { status, answer };
};
const post = (query: string, target = '/graphql') => {
  const body = JSON.stringify({ query });
  return send(
    `POST ${target} HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
};
const get = (query: string, target = '/graphql') =>
  send(
    `GET ${target}?query=${encodeURIComponent(query)} HTTP/1.1\r\nhost: gateway\r\napollo-require-preflight: 1\r\n\r\n`,
  );
/** Sends bytes and leaves the connection open. */
const hold = (text: string) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(gateway.port, '127.0.0.1', () => socket.write(text, () => resolve()));
    socket.on('error', reject);
    sockets.push(socket);
  });

describe('Requests that were not sent to their end', () => {
  const head = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n';

  it.each([
    ['a chunked body that stops', `${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`],
    ['a short body that stops', `${head}content-length: 100\r\n\r\n{`],
    ['a long body that stops', `${head}content-length: 100000\r\n\r\n{`],
    [
      'a body that stops, with credentials',
      `${head}authorization: Bearer an-operator-secret-that-is-long-enough\r\ncontent-length: 100\r\n\r\n{`,
    ],
  ])('keep no place from others: %s', async (_what, bytes) => {
    await Promise.all(Array.from({ length: 70 }, () => hold(bytes)));
    for (let n = 0; n < 20; n++) {
      expect((await post('{ direct }')).status).toBe(200);
      expect((await get('{ shared }')).status).toBe(200);
    }
  });
});

describe('A connection that ends in the middle of a body', () => {
  it.each(['text/plain', 'application/json; charset=utf-16', 'application/json'])(
    'of the type %s leaves the gateway running',
    async (type) => {
      const head = `POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: ${type}\r\n`;
      await hold(`${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`);
      expect((await post('{ direct }')).status).toBe(200);
      for (const socket of sockets) socket.resetAndDestroy();
      expect((await post('{ direct }')).status).toBe(200);
    },
  );
});

describe('A connection that ends while a refused body waits behind another request', () => {
  it('leaves the gateway running', async () => {
    const faults: unknown[] = [];
    const note = (error: unknown) => void faults.push(error);
    process.on('uncaughtException', note);
    try {
      const held = JSON.stringify({ query: '{ held }' });
      const first = `POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: ${held.length}\r\n\r\n${held}`;
      const refused =
        'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n';
      await hold(first + refused);
      expect((await post('{ direct }')).status).toBe(200);
      for (const socket of sockets) socket.resetAndDestroy();
      expect((await post('{ direct }')).status).toBe(200);
      expect((await post('{ direct }')).status).toBe(200);
      expect(faults).toEqual([]);
    } finally {
      process.off('uncaughtException', note);
    }
  });
});

describe('While there is no room for more requests', () => {
  beforeEach(async () => {
    for (let n = 0; n < 8; n++) void post('{ held }');
    await expect.poll(() => admission.hasRoom(false)).toBe(false);
  });

  it.each(['/graphql', '/%67raphql', '/graph%71l', 'http://gateway/graphql', 'HTTP://gateway/%67raphql'])(
    'a request for %s is refused, by GET and by POST',
    async (target) => {
      for (const { status, answer } of [await post('{ direct }', target), await get('{ direct }', target)]) {
        expect(status).toBe(503);
        expect(answer.toLowerCase()).toContain('retry-after:');
        expect(answer).toContain('"code":"UNAVAILABLE"');
      }
    },
  );

  it('a request is refused before its body is read', async () => {
    const { status } = await send(
      'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{',
    );
    expect(status).toBe(503);
  });

  it('there is room again once the answers are made', async () => {
    gateway.release();
    await expect.poll(async () => (await post('{ direct }')).status).toBe(200);
  });
});
