import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, startTestGateway, type TestGateway } from './test-gateway.js';

const large = 'x'.repeat(20_000_000);

/** Longer than this process itself ever stands still, since it is the slow reader, too. */
const limitMs = 2_000;

describe('An answer that is not read', () => {
  let gateway: TestGateway;
  let answered = 0;
  beforeAll(async () => {
    gateway = await startTestGateway({
      stalledLimitMs: limitMs,
      plugins: [
        async (app) => {
          app.get('/large', async (_request, reply) => {
            reply.raw.once('close', () => {
              answered += 1;
            });
            return large;
          });
        },
      ],
    });
  });
  afterAll(() => gateway.close());

  const connected = () =>
    new Promise<number>((resolve) =>
      gateway.server.app.server.getConnections((_error, count) => resolve(count)),
    );
  const askForMuch = (): Socket => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nhost: gateway\r\n\r\n');
    return socket;
  };

  it('costs whoever asked the connection, and its request comes to an end', async () => {
    const before = answered;
    const sockets = Array.from({ length: 5 }, askForMuch);
    await expect.poll(connected).toBeGreaterThanOrEqual(5);
    await expect.poll(connected).toBe(0);
    await expect.poll(() => answered - before).toBe(5);
    for (const socket of sockets) socket.destroy();
  });

  it.concurrent('is waited for as long as somebody reads of it now and then', async () => {
    const socket = askForMuch();
    let read = 0;
    socket.on('data', (chunk) => {
      read += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.resume();
    await expect.poll(() => read).toBeGreaterThan(large.length);
    socket.destroy();
  });

  it.concurrent('is not one that is still being worked on', async () => {
    const { body } = await ask(gateway.url, '{ wait(ms: 3000) }');
    expect(body.data).toEqual({ wait: 'waited' });
  });

  it.concurrent('has nothing to do with a connection that waits for its next request', async () => {
    await ask(gateway.url, '{ song { id } }');
    await sleep(limitMs + 500);
    expect((await ask(gateway.url, '{ song { id } }')).status).toBe(200);
  });
});
