import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { longestWaitMs } from '../support/wait.js';
import { get, post, send, withGateway } from './gateway.js';

const gateway = withGateway();

/** Sends bytes as they are, and hears what comes back until the other side closes, or for so long. */
function raw(bytes: string, forMs = longestWaitMs): Promise<{ text: string; closedAfterMs: number | null }> {
  return new Promise((resolve) => {
    const start = performance.now();
    const socket = connect(Number(new URL(gateway().url).port), '127.0.0.1');
    let text = '';
    const timer = setTimeout(() => {
      socket.destroy();
      resolve({ text, closedAfterMs: null });
    }, forMs);
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ text, closedAfterMs: performance.now() - start });
    });
    socket.write(bytes);
  });
}

describe('The edge of the gateway', () => {
  it.concurrent('ends a connection whose headers do not come to an end', async () => {
    const { text, closedAfterMs } = await raw('POST /graphql HTTP/1.1\r\nhost: x\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(closedAfterMs).not.toBeNull();
  });

  it.concurrent('ends a connection on which nothing is ever said', async () => {
    expect((await raw('')).closedAfterMs).not.toBeNull();
  });

  it('refuses more headers, in number and in length, than it reads', async () => {
    const long = await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(long.text).toMatch(/^HTTP\/1\.1 431 /);
    const many = Array.from({ length: 150 }, (_, n) => `x-${n}: y`).join('\r\n');
    const answer = await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\n${many}\r\n\r\n`);
    expect(answer.text).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer.text).toContain('BAD_USER_INPUT');
  });

  it('does not let one request be taken for two', async () => {
    const smuggled = await raw(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n',
    );
    expect(smuggled.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(smuggled.text).not.toContain('gateway_rejected_total');
  });

  it('says to browsers what to keep to, with every kind of answer', async () => {
    const query = '{ platformStats { totalPlays } }';
    const answers = [
      await send(gateway().url, { query }),
      await send(gateway().url, { query: '{ nothing }' }),
      await get(gateway().url, { query }),
      await post(gateway().url, 'x', { 'content-type': 'text/plain' }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    }
    const page = await fetch(`${gateway().url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('lets no page of another origin read anything unless it is named', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const response = await fetch(`${gateway().url}/graphql`, {
        method,
        headers: {
          origin: 'https://elsewhere.example',
          'content-type': 'application/json',
          'access-control-request-method': 'POST',
        },
        body: method === 'POST' ? '{"query":"{ __typename }"}' : undefined,
      });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('A gateway that names an origin', () => {
  const named = withGateway({ CORS_ORIGINS: 'https://app.example' });

  it('lets its pages read answers, and no others', async () => {
    const ask = async (origin: string) => {
      const { headers } = await send(named().url, { query: '{ __typename }' }, { origin });
      return headers.get('access-control-allow-origin');
    };
    expect(await ask('https://app.example')).toBe('https://app.example');
    expect(await ask('https://app.example.evil.test')).not.toBe('https://app.example.evil.test');
    expect(await ask('null')).not.toBe('null');
  });
});

describe('Who did what', () => {
  it('is written down for each action of an operator, whether it went well or not', async () => {
    await gateway().ask('mutation { clearQueryMetrics }', {}, 'operator');
    const lines = gateway()
      .lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ audit }) => audit);
    expect(lines.at(-1)).toMatchObject({
      who: 'ada',
      action: expect.any(String),
      outcome: 'done',
      requestId: expect.any(String),
    });
    const before = lines.length;
    await gateway().ask('mutation { clearQueryMetrics }', {}, '0xa11ce');
    expect(gateway().lines.filter((line) => line.includes('"audit":true'))).toHaveLength(before);
  });
});
