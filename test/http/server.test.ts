import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Readiness } from '../../src/http/readiness.js';
import { left, waiting } from '../auth/listening-schema.js';
import { longestWaitMs, until } from '../support/wait.js';
import { ask, operatorSecret, startTestGateway, type TestGateway } from './test-gateway.js';

let readiness: Readiness = { ready: true, reasons: [] };
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    config: { corsOrigins: ['https://app.test'] },
    checkReadiness: async () => readiness,
    plugins: [
      async (app) => {
        app.get('/extra', { onRequest: app.authenticate }, async (request) => request.viewer);
        app.get('/broken', async () => {
          throw new Error('select secret from plays');
        });
      },
    ],
  });
});
afterAll(() => gateway.close());

describe('/healthz', () => {
  it('says that the process is alive, whatever the credentials are', async () => {
    const response = await fetch(`${gateway.url}/healthz`, { headers: { authorization: 'Bearer wrong' } });
    expect([response.status, await response.json()]).toEqual([200, { status: 'alive' }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('/readyz', () => {
  it('answers 200 when the gateway can serve, and 503 with the reasons when it cannot', async () => {
    readiness = { ready: false, reasons: ['The database cannot be reached.'] };
    const unready = await fetch(`${gateway.url}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { status: 'not ready', reasons: ['The database cannot be reached.'] },
    ]);
    readiness = { ready: true, reasons: [] };
    const ready = await fetch(`${gateway.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', reasons: [] }]);
  });
});

describe('The request id', () => {
  const idFor = async (given: string) =>
    (await fetch(`${gateway.url}/healthz`, { headers: { 'x-request-id': given } })).headers.get(
      'x-request-id',
    );

  it('is the one that was sent', async () => {
    expect(await idFor('from-the-proxy_1')).toBe('from-the-proxy_1');
    expect(
      (await ask(gateway.url, '{ nothing }', { 'x-request-id': 'mine' })).body.errors?.[0]?.extensions
        .requestId,
    ).toBe('mine');
  });

  it.each(['', 'with blanks', 'x'.repeat(65), '<script>'])('is a new one when %j was sent', async (given) => {
    expect(await idFor(given)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
  });

  it('is on every answer', async () => {
    for (const path of ['/healthz', '/readyz', '/graphql?query={song{id}}', '/nothing', '/%zz', '/broken'])
      expect((await fetch(`${gateway.url}${path}`)).headers.get('x-request-id')).toBeTruthy();
  });
});

describe('A browser', () => {
  it('gets the Sandbox when it asks for HTML', async () => {
    const response = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('embeddable-sandbox');
  });

  it('may call from an origin that is listed, and read the headers that matter', async () => {
    const preflight = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    const { headers } = await ask(gateway.url, '{ song { id } }', { origin: 'https://app.test' });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it('may read an error from there too', async () => {
    const { status, headers } = await ask(gateway.url, '{ song { id } }', {
      origin: 'https://app.test',
      authorization: 'Bearer wrong',
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, 'https://app.test']);
  });

  it('may not call from anywhere else', async () => {
    const { headers } = await ask(gateway.url, '{ song { id } }', { origin: 'https://evil.test' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is told to take content types at their word, and to keep where it came from to itself', async () => {
    const { headers } = await fetch(`${gateway.url}/nothing`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('A further plugin', () => {
  it('brings routes that know who is asking', async () => {
    const asked = async (headers: Record<string, string>) =>
      (await fetch(`${gateway.url}/extra`, { headers })).json();
    expect(await asked({})).toEqual({ kind: 'public' });
    expect(await asked({ authorization: `Bearer ${operatorSecret}` })).toEqual({
      kind: 'operator',
      name: 'ada',
    });
    expect(await asked({ authorization: 'Bearer wrong' })).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('that fails says no more than that, and the log says the rest', async () => {
    const response = await fetch(`${gateway.url}/broken`, { headers: { 'x-request-id': 'broken-1' } });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The gateway could not answer. The request id names the entry in its log.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'broken-1' },
        },
      ],
    });
    const line = gateway.lines
      .map((each) => JSON.parse(each))
      .find((each) => each.requestId === 'broken-1' && each.err);
    expect(line.err.message).toBe('select secret from plays');
  });
});

describe('Whoever leaves before the answer', () => {
  it('aborts the signal of the request', async () => {
    const controller = new AbortController();
    const asked = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ wait(ms: 200000) }' }),
      signal: controller.signal,
    });
    await until('the request to be worked on', () => waiting.size === 1);
    expect(left).toEqual([]);
    controller.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => left).toEqual(['The client disconnected before the answer.']);
  });

  it('is the only one who does: no ordinary request is aborted', async () => {
    const before = left.length;
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => ask(gateway.url, '{ wait(ms: 20) }')),
    );
    expect(answers.every(({ body }) => body.data?.wait === 'waited')).toBe(true);
    // What they left behind would have been noticed before one more request has been answered.
    await ask(gateway.url, '{ wait(ms: 50) }');
    expect(left.length).toBe(before);
  });
});

describe('Stopping', () => {
  it('finishes what runs, takes nothing new and leaves no connection open', async () => {
    const stopping = await startTestGateway();
    const running = ask(stopping.url, '{ wait(ms: 200000) }');
    await ask(stopping.url, '{ song { id } }'); // leaves an idle connection behind
    await until('the request to be worked on', () => waiting.size === 1);
    const closed = stopping.server.close(longestWaitMs);
    await untilRefused(stopping.url);
    expect(waiting.size).toBe(1);
    for (const release of waiting) release();
    const { body, headers } = await running;
    expect([body.data, headers.get('connection')]).toEqual([{ wait: 'waited' }, 'close']);
    await closed;
  });

  it('does not wait for ever', async () => {
    const stopping = await startTestGateway();
    const running = ask(stopping.url, '{ wait(ms: 200000) }');
    running.catch(() => {});
    await until('the request to be worked on', () => waiting.size === 1);
    await stopping.server.close(300);
    // Nobody has released it: its connection was closed.
    await expect(running).rejects.toThrow();
  });

  it('still answers what comes in on an open connection', async () => {
    const stopping = await startTestGateway();
    const { hostname, port } = new URL(stopping.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    const body = '{"query":"{ song { id } }"}';
    socket.write(`${head}content-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
    const connected = () =>
      new Promise<number>((resolve) =>
        stopping.server.app.server.getConnections((_error, count) => resolve(count)),
      );
    await until('the connection to be taken', async () => (await connected()) === 1);
    const closed = stopping.server.close(longestWaitMs);
    await untilRefused(stopping.url);
    socket.write(body.slice(5));
    await closed;
    if (!socket.closed) await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('{"data":{"song":{"id":"s1"}}}');
  });
});

/** Waits until no new connection is taken. */
async function untilRefused(url: string): Promise<void> {
  await until('connections to be refused', () =>
    fetch(`${url}/healthz`).then(
      () => false,
      () => true,
    ),
  );
}
