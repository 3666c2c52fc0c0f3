import { createHash } from 'node:crypto';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { createSigner, type Signer } from '../auth/signing-keys.js';
import { ask, operatorSecret, startTestGateway, type TestGateway } from '../http/test-gateway.js';

let signer: Signer;
let gateway: TestGateway;
let asListener: { authorization: string };
const asOperator = { authorization: `Bearer ${operatorSecret}` };
beforeAll(async () => {
  signer = await createSigner();
  gateway = await startTestGateway({ jwt: signer.jwt });
  asListener = { authorization: `Bearer ${await signer.sign({ sub: '0xa11ce' })}` };
});
afterAll(async () => {
  await gateway.close();
  signer.remove();
});

const codesOf = (answer: Awaited<ReturnType<typeof ask>>) => [
  answer.status,
  ...(answer.body.errors ?? []).map((error) => error.extensions.code),
];

describe('Who asks decides which schema answers:', () => {
  async function sdlFor(headers: object): Promise<string> {
    const { body } = await ask(gateway.url, getIntrospectionQuery(), { ...headers });
    return printSchema(buildClientSchema(body.data as unknown as IntrospectionQuery));
  }

  it('the public and listeners find no operator type by introspection', async () => {
    for (const headers of [{}, asListener])
      expect(await sdlFor(headers)).not.toMatch(/Health|Mutation|skips/);
    expect((await ask(gateway.url, '{ __type(name: "Health") { name } }')).body.data).toEqual({
      __type: null,
    });
  });

  it('operators find all of it', async () => {
    expect(await sdlFor(asOperator)).toMatch(/type Health [\s\S]*type Mutation /);
  });

  it('a document that an operator has asked is not answered to the public from what was remembered', async () => {
    const document = '{ health { connections } song { skips } }';
    expect(codesOf(await ask(gateway.url, document, asOperator))).toEqual([200]);
    expect(codesOf(await ask(gateway.url, document))).toEqual([401, 'UNAUTHENTICATED']);
    expect(codesOf(await ask(gateway.url, document, asListener))).toEqual([403, 'FORBIDDEN']);
    expect(codesOf(await ask(gateway.url, document, asOperator))).toEqual([200]);
  });
});

describe("An operator's field", () => {
  it('is refused for want of credentials, and not as unknown', async () => {
    const { status, headers, body } = await ask(gateway.url, '{ health { connections } }', {
      'x-request-id': 'r1',
    });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body).toEqual({
      errors: [
        {
          message: 'This operation: expected the credentials of an operator, got none.',
          extensions: { code: 'UNAUTHENTICATED', requestId: 'r1' },
        },
      ],
    });
    expect(codesOf(await ask(gateway.url, '{ health { connections } }', asListener))).toEqual([
      403,
      'FORBIDDEN',
    ]);
  });

  it('is unknown like any other when something else is wrong as well', async () => {
    expect(codesOf(await ask(gateway.url, '{ health { conections } }'))).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('is refused in a mutation too, each time', async () => {
    for (let time = 0; time < 2; time++) {
      expect(codesOf(await ask(gateway.url, 'mutation { refresh }'))).toEqual([401, 'UNAUTHENTICATED']);
      expect(codesOf(await ask(gateway.url, 'mutation { refresh }', asListener))).toEqual([403, 'FORBIDDEN']);
    }
    expect((await ask(gateway.url, 'mutation { refresh }', asOperator)).body).toEqual({
      data: { refresh: true },
    });
  });
});

describe('What belongs to one address', () => {
  const document = '{ song { id } listener(address: "0xa11ce") { plays } }';

  it('is answered to it and to operators', async () => {
    for (const headers of [asListener, asOperator])
      expect((await ask(gateway.url, document, headers)).body.data).toEqual({
        song: { id: 's1' },
        listener: { plays: 3 },
      });
  });

  it('is refused to others, and the rest of the answer is not', async () => {
    const { status, body } = await ask(gateway.url, document);
    expect([status, body.data]).toEqual([200, { song: { id: 's1' }, listener: null }]);
    expect(body.errors).toMatchObject([{ path: ['listener'], extensions: { code: 'UNAUTHENTICATED' } }]);
    const other = { authorization: `Bearer ${await signer.sign({ sub: '0xb0b' })}` };
    expect(codesOf(await ask(gateway.url, document, other))).toEqual([200, 'FORBIDDEN']);
  });
});

describe('An error nobody expected', () => {
  it.each(['sql', 'value', 'graphql', 'forged', 'text'])('says no more than that: %s', async (how) => {
    const { body } = await ask(gateway.url, `{ crash(how: "${how}") song { id } }`, {
      'x-request-id': `crash-${how}`,
    });
    expect(body.data).toEqual({ crash: null, song: { id: 's1' } });
    expect(body.errors).toEqual([
      {
        message: 'The gateway could not answer. The request id names the entry in its log.',
        locations: [{ line: 1, column: 3 }],
        path: ['crash'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: `crash-${how}` },
      },
    ]);
    const logged = gateway.lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.requestId === `crash-${how}`);
    expect(logged.filter((line) => line.err)).toHaveLength(1);
  });

  it('is told from one that is known', async () => {
    const { body } = await ask(gateway.url, '{ crash(how: "down") }');
    expect(body.errors).toMatchObject([
      {
        message: 'The gateway cannot reach its data at the moment; try again shortly.',
        extensions: { code: 'UNAVAILABLE' },
      },
    ]);
  });

  it('while the context is made is masked and logged as well', async () => {
    const broken = await startTestGateway({
      context: () => {
        throw new Error('select secret from plays');
      },
    });
    const { status, headers, body } = await ask(broken.url, '{ song { id } }');
    expect(status).toBe(500);
    expect(body.errors).toEqual([
      {
        message: 'The gateway could not answer. The request id names the entry in its log.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: headers.get('x-request-id') },
      },
    ]);
    expect(broken.lines.join('')).toContain('select secret from plays');
    await broken.close();
  });

  it('while the context is made keeps its code when it is known', async () => {
    const down = await startTestGateway({
      context: () => {
        throw new GatewayError('UNAVAILABLE');
      },
    });
    expect(codesOf(await ask(down.url, '{ song { id } }'))).toEqual([503, 'UNAVAILABLE']);
    await down.close();
  });
});

describe('A persisted query', () => {
  const query = '{ song { title } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
  const headers = { 'apollo-require-preflight': 'yes' };

  it('is asked for once, and then known by its hash', async () => {
    const byHash = async () =>
      (await fetch(`${gateway.url}/graphql?extensions=${extensions}`, { headers })).json();
    expect(await byHash()).toMatchObject({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    const full = `${gateway.url}/graphql?query=${encodeURIComponent(query)}&extensions=${extensions}`;
    expect(await (await fetch(full, { headers })).json()).toEqual({ data: { song: { title: 'Mycelium' } } });
    expect(await byHash()).toEqual({ data: { song: { title: 'Mycelium' } } });
  });
});
