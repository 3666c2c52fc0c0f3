import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/auth/authenticate.js';
import { Secret } from '../../src/config/secret.js';
import { createSigner, type Signer, unsigned } from './signing-keys.js';

const address = '0xA11ce';
const operatorKeys = [
  { name: 'ada', secret: new Secret('a-secret-of-ada-that-is-long-enough-0') },
  { name: 'bob', secret: new Secret('a secret of bob, with blanks in it, and long') },
];

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});
afterAll(() => signer.remove());

const viewerOf = (authorization: string | undefined) =>
  createAuthenticator({ operatorKeys, jwt: signer.jwt })(authorization);
const viewerOfToken = async (claims: JWTPayload) => viewerOf(`Bearer ${await signer.sign(claims)}`);

const isUnauthenticated = (what: RegExp) =>
  expect.objectContaining({ code: 'UNAUTHENTICATED', message: expect.stringMatching(what) });

describe('An operator key', () => {
  it('makes its bearer the operator of that name', async () => {
    expect(await viewerOf('Bearer a-secret-of-ada-that-is-long-enough-0')).toEqual({
      kind: 'operator',
      name: 'ada',
    });
    expect(await viewerOf('bearer  a secret of bob, with blanks in it, and long')).toEqual({
      kind: 'operator',
      name: 'bob',
    });
  });

  it('is refused when one character differs, and the error does not repeat it', async () => {
    const refused = await viewerOf('Bearer a-secret-of-ada-that-is-long-enough-1').catch((error) => error);
    expect(refused).toEqual(isUnauthenticated(/credentials/));
    expect(refused.message).not.toContain('a-secret');
  });

  it('is refused where neither keys nor tokens are configured', async () => {
    await expect(createAuthenticator({ operatorKeys: [] })('Bearer anything')).rejects.toEqual(
      isUnauthenticated(/expected a key that is known here/),
    );
  });
});

describe('The Authorization header', () => {
  it('makes nobody anything when it is absent', async () => {
    const viewer = await viewerOf(undefined);
    expect(viewer).toEqual({ kind: 'public' });
    expect(Object.isFrozen(viewer)).toBe(true);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'Token x', 'Bearerx y', 'bearer\tx'])(
    'is refused and never the public when it is %j',
    async (header) => {
      await expect(viewerOf(header)).rejects.toEqual(isUnauthenticated(/expected "Bearer"/));
    },
  );
});

describe('A signed token', () => {
  it('makes its subject a listener when that is an address', async () => {
    expect(await viewerOfToken({ sub: address })).toEqual({ kind: 'listener', address });
  });

  it.each([
    { scope: 'read operator' },
    { scope: ['operator'] },
    { scp: 'operator' },
    { scp: ['read', 'operator'] },
  ])('makes its subject an operator when its scope says so, as in %j', async (claims) => {
    expect(await viewerOfToken({ sub: 'carol', ...claims })).toEqual({ kind: 'operator', name: 'carol' });
  });

  it.each([
    { scope: 'operators' },
    { scope: 'no-operator' },
    { scp: [['operator']] },
    { scope: { operator: true } },
  ])('makes nobody an operator by a scope that only looks like it, as %j', async (claims) => {
    expect(await viewerOfToken({ sub: address, ...claims })).toEqual({ kind: 'listener', address });
  });

  it.each([
    {},
    { sub: 'alice' },
    { sub: '0x' },
    { sub: `0x${'a'.repeat(65)}` },
    { sub: `${address}\n` },
    { scope: 'operator' },
  ])('is refused when it names nobody, as %j', async (claims) => {
    await expect(viewerOfToken(claims)).rejects.toEqual(isUnauthenticated(/claim "sub"/));
  });

  it('is refused after it has expired, by the clock it is given', async () => {
    const token = await signer.sign({ sub: address });
    const later = createAuthenticator(
      { operatorKeys, jwt: signer.jwt },
      { now: () => new Date(Date.now() + 306_000) },
    );
    await expect(later(`Bearer ${token}`)).rejects.toEqual(isUnauthenticated(/has expired/));
    const soon = createAuthenticator(
      { operatorKeys, jwt: signer.jwt },
      { now: () => new Date(Date.now() + 302_000) },
    );
    expect(await soon(`Bearer ${token}`)).toEqual({ kind: 'listener', address });
  });

  it('is refused when it never expires', async () => {
    await expect(viewerOfToken({ sub: address, exp: undefined })).rejects.toEqual(
      isUnauthenticated(/"exp", got none/),
    );
  });

  it('is refused when it is not valid yet', async () => {
    await expect(viewerOfToken({ sub: address, nbf: Date.now() / 1000 + 60 })).rejects.toEqual(
      isUnauthenticated(/"nbf"/),
    );
  });

  it('is refused for another audience, for none, and from another issuer', async () => {
    await expect(viewerOfToken({ sub: address, aud: 'shop' })).rejects.toEqual(isUnauthenticated(/"aud"/));
    await expect(viewerOfToken({ sub: address, aud: undefined })).rejects.toEqual(isUnauthenticated(/"aud"/));
    await expect(viewerOfToken({ sub: address, iss: 'https://evil.test' })).rejects.toEqual(
      isUnauthenticated(/"iss"/),
    );
  });

  it('is refused without a signature', async () => {
    const claims = { iss: signer.jwt.issuer, aud: 'gateway', sub: address, exp: Date.now() / 1000 + 60 };
    await expect(viewerOf(`Bearer ${unsigned({ alg: 'none' }, claims)}`)).rejects.toEqual(
      isUnauthenticated(/algorithm/),
    );
    await expect(viewerOf(`Bearer ${unsigned({ alg: 'ES256', kid: 'one' }, claims)}`)).rejects.toEqual(
      isUnauthenticated(/./),
    );
  });

  it('is refused when the public key was used as a shared secret', async () => {
    const body = unsigned(
      { alg: 'HS256', kid: 'one' },
      { iss: signer.jwt.issuer, aud: 'gateway', sub: address, exp: Date.now() / 1000 + 60 },
    ).replace(/\.$/, '');
    const signature = createHmac('sha256', signer.publicPem).update(body).digest('base64url');
    await expect(viewerOf(`Bearer ${body}.${signature}`)).rejects.toEqual(isUnauthenticated(/algorithm/));
  });

  it('is refused when somebody else signed it, or when it was changed afterwards', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expect(
      viewerOf(`Bearer ${await signer.sign({ sub: address }, { key: privateKey, kid: 'one' })}`),
    ).rejects.toEqual(isUnauthenticated(/signature/));
    const [header, , signature] = (await signer.sign({ sub: address })).split('.');
    const [, claims] = (await signer.sign({ sub: '0xb0b' })).split('.');
    await expect(viewerOf(`Bearer ${header}.${claims}.${signature}`)).rejects.toEqual(
      isUnauthenticated(/signature/),
    );
  });

  it.each(['RS256', 'PS256', 'EdDSA'])('is accepted with the algorithm %s', async (algorithm) => {
    const other = await createSigner(algorithm);
    const authenticate = createAuthenticator({ operatorKeys, jwt: other.jwt });
    expect(await authenticate(`Bearer ${await other.sign({ sub: address })}`)).toEqual({
      kind: 'listener',
      address,
    });
    other.remove();
  });
});

describe('A key set on another server', () => {
  let server: Server;
  let respond: () => { status: number; body: string };
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      const { status, body } = respond();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(() => server.close());

  const authenticator = (jwksUrl: string) =>
    createAuthenticator({ operatorKeys, jwt: { ...signer.jwt, jwksFile: undefined, jwksUrl } });

  it('is fetched to check a token', async () => {
    respond = () => ({ status: 200, body: signer.keySet });
    const token = await signer.sign({ sub: address });
    expect(await authenticator(url)(`Bearer ${token}`)).toEqual({ kind: 'listener', address });
  });

  it('is not asked about a token that could not be good anyway', async () => {
    let asked = 0;
    respond = () => {
      asked++;
      return { status: 200, body: signer.keySet };
    };
    await expect(authenticator(url)(`Bearer ${unsigned({ alg: 'none' }, {})}`)).rejects.toThrow();
    await expect(authenticator(url)('Bearer rubbish')).rejects.toThrow();
    expect(asked).toBe(0);
  });

  it.each([
    [500, ''],
    [200, 'no json'],
    [200, '{"keys":1}'],
    [302, ''],
  ])('that answers %i %j leaves a token unknown, which is not the same as wrong', async (status, body) => {
    respond = () => ({ status, body });
    const token = await signer.sign({ sub: address });
    await expect(authenticator(url)(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('that nobody answers at leaves a token unknown, and operator keys as good as ever', async () => {
    const authenticate = authenticator('http://127.0.0.1:1/jwks');
    await expect(authenticate(`Bearer ${await signer.sign({ sub: address })}`)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await authenticate('Bearer a-secret-of-ada-that-is-long-enough-0')).toMatchObject({ name: 'ada' });
  });

  it('may hold two keys without ids while one replaces the other', async () => {
    const [old, young] = [await createSigner(), await createSigner()];
    const keys = [old, young].map(({ keySet }) => ({ ...JSON.parse(keySet).keys[0], kid: undefined }));
    respond = () => ({ status: 200, body: JSON.stringify({ keys }) });
    const authenticate = authenticator(url);
    for (const each of [old, young])
      expect(await authenticate(`Bearer ${await each.sign({ sub: address }, {})}`)).toEqual({
        kind: 'listener',
        address,
      });
    await expect(authenticate(`Bearer ${await signer.sign({ sub: address }, {})}`)).rejects.toEqual(
      isUnauthenticated(/signature/),
    );
    old.remove();
    young.remove();
  });
});

describe('A token that was found good', () => {
  const count = (now: () => Date) => {
    const authenticate = createAuthenticator({ operatorKeys, jwt: signer.jwt }, { now });
    let checks = 0;
    return {
      checks: () => checks,
      ask: (token: string) =>
        authenticate(`Bearer ${token}`, (check) => {
          checks += 1;
          return check();
        }),
    };
  };

  it('is not checked again for a minute, and not taken after its expiry', async () => {
    const clock = { ms: Date.now() };
    const { ask, checks } = count(() => new Date(clock.ms));
    const token = await signer.sign({ sub: address, exp: Math.floor(clock.ms / 1000) + 90 });
    for (let n = 0; n < 5; n++) expect(await ask(token)).toEqual({ kind: 'listener', address });
    expect(checks()).toBe(1);
    clock.ms += 60_000;
    await ask(token);
    expect(checks()).toBe(2);
    clock.ms += 36_000;
    await expect(ask(token)).rejects.toEqual(isUnauthenticated(/expired/));
    expect(checks()).toBe(3);
  });

  it('says nothing about another one: a wrong token is checked each time, an operator key never', async () => {
    const { ask, checks } = count(() => new Date());
    const token = await signer.sign({ sub: address });
    await ask(token);
    for (let n = 0; n < 3; n++) await expect(ask(`${token.slice(0, -4)}AAAA`)).rejects.toThrow();
    expect(checks()).toBe(4);
    await ask('a-secret-of-ada-that-is-long-enough-0');
    expect(checks()).toBe(4);
  });
});
