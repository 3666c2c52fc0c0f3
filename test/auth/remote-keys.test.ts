import { createServer, type Server } from 'node:http';
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
const ask = (keys: ReturnType<typeof start>, kid = 'one') =>
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
