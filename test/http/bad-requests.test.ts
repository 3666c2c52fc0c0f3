import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSigner, type Signer, unsigned } from '../auth/signing-keys.js';
import { ask, operatorSecret, startTestGateway, type TestGateway } from './test-gateway.js';

let signer: Signer;
let gateway: TestGateway;
beforeAll(async () => {
  signer = await createSigner();
  gateway = await startTestGateway({ jwt: signer.jwt });
});
afterAll(async () => {
  await gateway.close();
  signer.remove();
});
afterEach(async () => {
  // Whatever was wrong, the next request is answered.
  expect((await ask(gateway.url, '{ song { title } }')).body).toEqual({
    data: { song: { title: 'Mycelium' } },
  });
});

interface Expected {
  status: number;
  code?: string;
  message: RegExp;
}

async function expectOneError(response: Response, { status, code = 'BAD_USER_INPUT', message }: Expected) {
  const requestId = response.headers.get('x-request-id');
  expect(requestId).toMatch(/^[\w-]{1,64}$/);
  expect(response.headers.get('content-type')).toMatch(
    /^application\/(graphql-response\+)?json; charset=utf-8$/,
  );
  const body = (await response.json()) as { errors: unknown[] };
  expect(body.errors).toEqual([
    expect.objectContaining({ message: expect.stringMatching(message), extensions: { code, requestId } }),
  ]);
  expect(response.status).toBe(status);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\bat .*:\d+:\d+|select /i);
}

const json = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = json) =>
  fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
const query = (document: string, extra: object = {}) => post(JSON.stringify({ query: document, ...extra }));

describe('A document that is wrong is refused with one error that says why:', () => {
  it.each([
    ['an unknown field', '{ song { tittle } }', /Cannot query field "tittle" on type "Song"/],
    ['an unknown argument', '{ song(title: "x") { id } }', /Unknown argument "title"/],
    [
      'an argument of the wrong type',
      '{ songs(first: "many") { id } }',
      /Int cannot represent non-integer value/,
    ],
    ['a missing argument', '{ songs { id } }', /argument "first" of type "Int!" is required/],
    ['what is no GraphQL', '{ song { title ', /Syntax Error/],
    ['an empty document', ' ', /Syntax Error/],
    ['a number too large', '{ songs(first: 99999999999) { id } }', /Int cannot represent non 32-bit/],
  ])('%s', async (_what, document, message) => {
    await expectOneError(await query(document), { status: 400, message });
  });

  it.each(['subscription { song { title } }', 'subscription S { anything }'])(
    'a subscription: %s',
    async (document) => {
      await expectOneError(await query(document), {
        status: 400,
        message: /^The operation: expected a query or a mutation, got a subscription\.$/,
      });
    },
  );

  it('more tokens than are read', async () => {
    await expectOneError(await query(`{ ${'a '.repeat(10_001)} }`), { status: 400, message: /10000 tokens/ });
  });

  it('a variable of the wrong type', async () => {
    const document = 'query ($n: Int!) { songs(first: $n) { id } }';
    await expectOneError(await query(document, { variables: { n: 'x' } }), {
      status: 400,
      message: /"\$n" got invalid value/,
    });
    await expectOneError(await query(document), {
      status: 400,
      message: /"\$n" of required type "Int!" was not provided/,
    });
  });

  it('a null that gets past validation by a default', async () => {
    const document = 'query ($n: Int = 3) { songs(first: $n) { id } }';
    await expectOneError(await query(document, { variables: { n: null } }), {
      status: 200,
      message: /^Argument "first"/,
    });
  });

  it('a value that the resolver refuses', async () => {
    await expectOneError(await query('{ songs(first: -1) { id } }'), {
      status: 200,
      message: /^first: expected 0 or more, got -1$/,
    });
  });

  it('an operation name that is not there', async () => {
    await expectOneError(await query('query A { song { id } }', { operationName: 'B' }), {
      status: 400,
      message: /Unknown operation named "B"/,
    });
  });

  it('a persisted query under a wrong hash', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'f'.repeat(64) };
    await expectOneError(await query('{ song { id } }', { extensions: { persistedQuery } }), {
      status: 400,
      message: /sha does not match/,
    });
  });
});

describe('A body that is wrong is refused with one error that says why:', () => {
  it.each([
    ['no JSON', 'hello', /^The body: expected JSON, got something else\.$/],
    ['half of JSON', '{"query":', /^The body: expected JSON/],
    ['nothing', '', /^The body: expected JSON, got nothing\.$/],
    ['a list', '[{"query":"{ song { id } }"}]', /batching/],
    ['a number', '7', /^The body: expected a JSON object/],
    ['null', 'null', /^The body: expected a JSON object/],
    ['no query', '{"variables":{}}', /non-empty `query`/],
    ['a query that is no text', '{"query":7}', /must be strings/],
    ['variables that are no object', '{"query":"{ song { id } }","variables":[]}', /variables/],
    ['a poisoned prototype', '{"query":"{ song { id } }","__proto__":{"x":1}}', /^The body: expected JSON/],
    [
      'a poisoned prototype with an escape',
      '{"query":"{ song { id } }","variables":{"__pr\\u006fto__":{"x":1}}}',
      /^The body: expected JSON/,
    ],
    [
      'a poisoned constructor',
      '{"query":"{ song { id } }","variables":{"constructor":{"prototype":{"x":1}}}}',
      /^The body: expected JSON/,
    ],
  ])('%s', async (_what, body, message) => {
    await expectOneError(await post(body), { status: 400, message });
  });

  it('10 MB', async () => {
    const body = JSON.stringify({ query: `{ song { id } } #${'x'.repeat(10_000_000)}` });
    for (let time = 0; time < 5; time++)
      await expectOneError(await post(body), {
        status: 413,
        message: /^The body: expected at most 1048576 bytes, got more\.$/,
      });
  });

  it('10 MB that do not say so beforehand', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000));
    let chunks = 100;
    const body = new ReadableStream({
      pull(controller) {
        if (chunks-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const init = { method: 'POST', headers: json, body, duplex: 'half' } as RequestInit;
    await expectOneError(await fetch(`${gateway.url}/graphql`, init), { status: 413, message: /^The body/ });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/graphql-response+json',
    'x',
  ])('the content type %s', async (type) => {
    await expectOneError(await post('{"query":"{ song { id } }"}', { 'content-type': type }), {
      status: 415,
      message: /^The content type: expected application\/json, got "/,
    });
  });
});

describe('Credentials that are wrong are refused, and never taken for none:', () => {
  const claims = () => ({
    iss: signer.jwt.issuer,
    aud: 'gateway',
    sub: '0xa11ce',
    exp: Date.now() / 1000 + 60,
  });
  const shared = () => {
    const body = unsigned({ alg: 'HS256', kid: 'one' }, claims()).replace(/\.$/, '');
    return `${body}.${createHmac('sha256', signer.publicPem).update(body).digest('base64url')}`;
  };

  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['a wrong key', () => `Bearer ${operatorSecret}!`, /expected a key or a signed token that is known here/],
    ['another scheme', () => `Basic ${operatorSecret}`, /expected "Bearer"/],
    ['no key', () => 'Bearer', /expected "Bearer"/],
    ['a token with alg none', () => `Bearer ${unsigned({ alg: 'none' }, claims())}`, /got another algorithm/],
    ['a token signed with the public key as a secret', () => `Bearer ${shared()}`, /got another algorithm/],
    [
      'an expired token',
      async () => `Bearer ${await signer.sign({ sub: '0xa11ce', exp: 1 })}`,
      /has expired/,
    ],
    [
      'a token for another audience',
      async () => `Bearer ${await signer.sign({ sub: '0xa11ce', aud: 'shop' })}`,
      /"aud"/,
    ],
    [
      'a token from another issuer',
      async () => `Bearer ${await signer.sign({ sub: '0xa11ce', iss: 'x' })}`,
      /"iss"/,
    ],
    ['a token of nobody', async () => `Bearer ${await signer.sign({ sub: 'alice' })}`, /"sub"/],
  ])('%s', async (_what, header, message) => {
    const authorization = await header();
    const response = await post('{"query":"{ song { id } }"}', { ...json, authorization });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    await expectOneError(response, { status: 401, code: 'UNAUTHENTICATED', message });
  });

  it('before the body is looked at', async () => {
    const response = await post('hello', { authorization: 'Bearer wrong', 'content-type': 'text/plain' });
    await expectOneError(response, { status: 401, code: 'UNAUTHENTICATED', message: /./ });
  });
});

describe('A method or a path that is wrong is refused with one error that says why:', () => {
  it('a mutation over GET', async () => {
    const response = await fetch(`${gateway.url}/graphql?query=mutation{refresh}`, { headers: json });
    expect(response.headers.get('allow')).toBe('POST');
    await expectOneError(response, { status: 405, message: /GET requests only support query operations/ });
  });

  it('a GET that a foreign page could have caused', async () => {
    await expectOneError(await fetch(`${gateway.url}/graphql?query={song{id}}`), {
      status: 400,
      message: /Cross-Site/,
    });
  });

  it('a GET with variables that are no JSON', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={song{id}}&variables={`, { headers: json });
    await expectOneError(response, { status: 400, message: /invalid JSON/ });
  });

  it('an answer in a form that is not made', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={song{id}}`, {
      headers: { ...json, accept: 'image/png' },
    });
    await expectOneError(response, { status: 406, message: /accept/ });
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s', async (method) => {
    const response = await fetch(`${gateway.url}/graphql`, { method });
    expect(response.headers.get('allow')).toBe('GET, POST');
    await expectOneError(response, { status: 405, message: /^The method: expected GET or POST, got/ });
  });

  it('an unknown path', async () => {
    await expectOneError(await fetch(`${gateway.url}/nothing?here=1`), {
      status: 404,
      message: /^The path: expected one that exists/,
    });
    await expectOneError(await fetch(`${gateway.url}/nothing`, { method: 'POST', body: 'x' }), {
      status: 404,
      message: /./,
    });
  });

  it.each(['/*raphql', '/**', '/:path', '/graphql/*x', '/files/:a*b'])(
    'a path that would be a pattern of the router: %s',
    async (path) => {
      for (const method of ['GET', 'POST'])
        await expectOneError(await fetch(gateway.url + path, { method }), {
          status: 404,
          message: /^The path: expected one that exists/,
        });
    },
  );

  it('a path that is none', async () => {
    await expectOneError(await fetch(`${gateway.url}/%zz`), {
      status: 400,
      message: /^The path: expected a URL/,
    });
  });
});

describe('What is hardly HTTP is refused with one error too:', () => {
  function send(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  it.each([
    ['another protocol', 'hello\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['two hosts', 'GET /graphql HTTP/1.1\r\nhost: a\r\nHost: b\r\nconnection: close\r\n\r\n', 400],
    ['no host in HTTP/1.1', 'GET /graphql HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['a fragment', 'GET /graphql?query={song{id}}#x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 400],
    ['no host', 'GET /graphql HTTP/1.0\r\n\r\n', 400],
    ['a host that is none', 'GET /graphql HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n', 400],
  ])('%s', async (_what, text, status) => {
    const answer = await send(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toMatch(/\r\nx-request-id: [\w-]+\r\n/);
    const { errors } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    expect(errors).toEqual([
      { message: expect.any(String), extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } },
    ]);
  });
});
