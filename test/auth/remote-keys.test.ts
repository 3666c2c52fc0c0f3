import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRemoteKeys } from '../../src/auth/remote-keys.js';
import { createSigner, type Signer } from './signing-keys.js';

let signer: Signer;
let server: Server;
let url: URL;
let isAway = false;
let asked = 0;
const clock = { ms: Date.now() };
beforeAll(async () => {
  signer = await createSigner();
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(isAway ? 503 : 200, { 'content-type': 'application/json' }).end(signer.keySet);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
});
afterAll(() => {
  server.close();
  signer.remove();
});
beforeEach(() => {
  isAway = false;
  asked = 0;
});

/** Keys that are never fresh, so that the server is asked each time it may be. */
const start = () => createRemoteKeys(url, { timeoutMs: 1_000, freshMs: 0, now: () => new Date(clock.ms) });
const ask = async (keys: ReturnType<typeof start>, kid = 'one') =>
  keys({ alg: 'ES256', kid }, { payload: '', signature: '' });
const isUnavailable = expect.objectContaining({ code: 'UNAVAILABLE' });

describe('Keys from another server', () => {
  it('stay good while the server is away', async () => {
    const keys = start();
    const key = await ask(keys);
    isAway = true;
    expect(await ask(keys)).toEqual(key);
  });

  it('are not asked for again at each request while it is away', async () => {
    const keys = start();
    await ask(keys);
    isAway = true;
    for (let n = 0; n < 20; n++) await ask(keys);
    expect(asked).toBe(2);
    clock.ms += 30_000;
    await ask(keys);
    expect(asked).toBe(3);
  });

  it('are looked for again once it is back', async () => {
    const keys = start();
    await ask(keys);
    isAway = true;
    await ask(keys);
    isAway = false;
    clock.ms += 30_000;
    for (let n = 0; n < 3; n++) await ask(keys);
    expect(asked).toBe(5);
  });

  it('are good for a day and no longer', async () => {
    const keys = start();
    await ask(keys);
    isAway = true;
    clock.ms += 24 * 3_600_000;
    await ask(keys);
    clock.ms += 31_000;
    await expect(ask(keys)).rejects.toEqual(isUnavailable);
  });

  it('do not tell whether an unknown key is good while the server is away', async () => {
    const keys = start();
    await ask(keys);
    isAway = true;
    await expect(ask(keys, 'two')).rejects.toEqual(isUnavailable);
  });

  it('cannot be had from a server that was never there', async () => {
    isAway = true;
    await expect(ask(start())).rejects.toEqual(isUnavailable);
  });
});

describe('A server of keys that was never reached', () => {
  /** Asks twenty times at once and twenty times one after the other; none of them gets a key. */
  const askOften = async (keys: ReturnType<typeof start>) => {
    const refusals = await Promise.all(Array.from({ length: 20 }, () => ask(keys).catch((error) => error)));
    for (let n = 0; n < 20; n++) refusals.push(await ask(keys).catch((error) => error));
    expect(refusals).toEqual(Array(40).fill(isUnavailable));
  };

  it('is asked once for all requests, and again after pauses that double up to half a minute', async () => {
    const keys = start();
    isAway = true;
    await askOften(keys);
    expect(asked).toBe(1);
    const pauses = [1, 2, 4, 8, 16, 30, 30];
    for (const [n, seconds] of pauses.entries()) {
      clock.ms += seconds * 1_000 - 1;
      await askOften(keys);
      expect(asked, `within the pause of ${seconds} s`).toBe(n + 1);
      clock.ms += 1;
      await askOften(keys);
      expect(asked, `after ${seconds} s`).toBe(n + 2);
    }
    isAway = false;
    clock.ms += 30_000;
    expect(await ask(keys)).toBeDefined();
    isAway = true;
    await ask(keys);
    clock.ms += 1_000;
    asked = 0;
    await ask(keys);
    expect(asked, 'the pauses begin anew').toBe(1);
  });

  /** Keys from a server of its own. */
  const from = async (answer: RequestListener, use: (keys: ReturnType<typeof start>) => Promise<void>) => {
    const other = createServer(answer);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const at = new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}/jwks`);
    try {
      await use(createRemoteKeys(at, { timeoutMs: 1_000, now: () => new Date(clock.ms) }));
    } finally {
      other.closeAllConnections();
      other.close();
    }
  };

  it.each<[string, RequestListener]>([
    ['that never answers', () => {}],
    ['that never ends its answer', (_request, response) => void response.writeHead(200).write('{"keys":[')],
    [
      'that sends the client elsewhere',
      (_request, response) => void response.writeHead(302, { location: url.href }).end(),
    ],
    ['that answers no key set', (_request, response) => void response.writeHead(200).end('{"keys":7}')],
  ])('%s is asked once and waited for no longer than its limit', async (_what, answer) => {
    let requests = 0;
    const counted: RequestListener = (request, response) => {
      requests += 1;
      answer(request, response);
    };
    await from(counted, async (keys) => {
      await askOften(keys);
      expect(requests).toBe(1);
    });
  });

  it('that never stops sending keys is not read to the end', async () => {
    let sent = 0;
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const chunk = Buffer.alloc(65_536, ' ');
    const endless: RequestListener = (_request, response) => {
      response.writeHead(200).write('{"keys":[');
      const send = () => {
        while (!response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', send);
        }
      };
      response.once('close', () => close());
      send();
    };
    await from(endless, async (keys) => {
      await expect(ask(keys)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        originalError: { cause: { message: expect.stringContaining('at most 262144 bytes') } },
      });
      await closed;
      // The system's buffers take some more than was read.
      expect(sent).toBeLessThan(20_000_000);
    });
  });
});
