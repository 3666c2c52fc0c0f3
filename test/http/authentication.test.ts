import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/auth/authenticate.js';
import { defaultLimits } from '../../src/config/limits.js';
import { Secret } from '../../src/config/secret.js';
import { errorAnswers } from '../../src/http/answers/error-answers.js';
import { authentication, createRequestAuthentication } from '../../src/http/authentication.js';
import { createRateGate } from '../../src/http/overload/rate-gate.js';
import { createClientNames } from '../../src/http/requests/headers/client-names.js';
import { createSigner, type Signer } from '../auth/signing-keys.js';

const secret = 'an-operator-secret-that-is-long-enough';
const clock = { ms: 0 };
let signer: Signer;
let app: FastifyInstance;
beforeAll(async () => {
  signer = await createSigner();
  app = Fastify();
  await app.register(errorAnswers);
  await app.register(authentication, {
    authenticate: createRequestAuthentication(
      createAuthenticator({
        operatorKeys: [{ name: 'ada', secret: new Secret(secret) }],
        jwt: signer.jwt,
      }),
      createRateGate({
        limits: defaultLimits,
        clients: createClientNames([]),
        elapsedMs: () => clock.ms,
      }),
    ),
  });
  app.get('/who', { onRequest: app.authenticate }, async (request) => request.viewer);
});
afterAll(async () => {
  await app.close();
  signer.remove();
});

const statusOf = async (credentials: string, remoteAddress = '192.0.2.1') => {
  const headers = { authorization: `Bearer ${credentials}` };
  return (await app.inject({ url: '/who', headers, remoteAddress })).statusCode;
};

it('refuses failed logins beyond the budget of a network, and no good credentials from there', async () => {
  for (let n = 0; n < 1_000; n++) expect(await statusOf(`guess-${n}`), `guess ${n}`).toBe(401);
  const good: number[] = [];
  for (let n = 0; n < 60; n++) {
    // A guess with a key, and one with a token whose signature does not fit.
    expect(await statusOf('guess')).toBe(429);
    expect(await statusOf(`${(await signer.sign({ sub: '0xa1' })).slice(0, -4)}AAAA`)).toBe(429);
    good.push(await statusOf(secret), await statusOf(await signer.sign({ sub: `0x${n}` })));
  }
  expect(good).toEqual(Array(120).fill(200));
  expect(await statusOf('guess', '198.51.100.1')).toBe(401);
  clock.ms += 100;
  expect([await statusOf('guess'), await statusOf('guess')]).toEqual([401, 429]);
});
