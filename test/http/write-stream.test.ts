import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { breakOff, writeStream } from '../../src/http/answers/write-stream.js';
import { abortOnDisconnect } from '../../src/http/overload/client-disconnect.js';

const chunk = Buffer.alloc(100_000, 'x');
const chunks = 1_000;

let server: Server;
afterEach(() => void server?.close());

interface Stream {
  readonly response: IncomingMessage;
  readonly made: () => number;
  readonly failure: () => unknown;
}

async function startStream(stalledLimitMs: number): Promise<Stream> {
  let made = 0;
  let failure: unknown;
  async function* make() {
    for (; made < chunks; made += 1) yield chunk;
  }
  server = createServer((_request, response) => {
    const signal = abortOnDisconnect(response, null);
    writeStream(response, make(), { signal, stalledLimitMs }).then(
      () => response.end(),
      (error: unknown) => {
        failure = error;
        breakOff(response);
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port });
  request.on('error', () => {});
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { response, made: () => made, failure: () => failure };
}

/** Looks until a number does not grow any more. */
async function settled(look: () => number): Promise<number> {
  for (let last = -1; ; await sleep(200)) {
    const now = look();
    if (now === last) return now;
    last = now;
  }
}

test('Chunks are made no faster than they are read, and all of them arrive', async () => {
  const { response, made } = await startStream(60_000);
  // The sockets of the system hold some megabytes; of 100 nothing else is made.
  expect(await settled(made)).toBeLessThan(chunks / 4);
  let bytes = 0;
  for await (const piece of response) bytes += (piece as Buffer).length;
  expect(bytes).toBe(chunks * chunk.length);
});

test('A reader who reads nothing for too long is cut off', async () => {
  const { response, failure } = await startStream(100);
  await settled(() => (failure() ? 1 : 0.5));
  await expect(
    (async () => {
      for await (const _ of response);
    })(),
  ).rejects.toThrow(/aborted|ECONNRESET/);
  expect(String(failure())).toMatch(/Nothing was read for 100 ms/);
});
