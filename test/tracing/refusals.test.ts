import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/wait.js';
import { callersTrace, startTracedGateway, type TracedGateway } from './traced-gateway.js';

/** The span of a request that was sent within a trace of its own. */
async function spanOf(gateway: TracedGateway, send: (headers: Record<string, string>) => Promise<Response>) {
  const { traceId, headers } = callersTrace();
  const { status } = await send(headers);
  const span = await gateway.receiver.find(
    'the span of a refused request',
    (found) => found.traceId === traceId && found.kind === 'SERVER',
  );
  return { status, span };
}

describe('The trace of a request that there is no room for', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway({ REQUESTS_AT_ONCE: '1' });
  });
  afterAll(() => gateway?.close());

  it('is an error of the server (503), whose reason it names', async () => {
    const release = await gateway.hold('alter materialized view mv_genre_stats rename to held');
    const first = gateway.ask('{ genres { genre } }');
    await until('a statement that waits', () => gateway.isWaiting('mv_genre_stats'));
    const { status, span } = await spanOf(gateway, (headers) =>
      gateway.ask('{ platformStats { totalPlays } }', headers),
    );
    await release();
    expect((await first).status).toBe(200);
    expect(status).toBe(503);
    expect(span).toMatchObject({ name: 'POST /graphql', isError: true, statusMessage: undefined });
    expect(span.attributes).toMatchObject({
      'http.response.status_code': 503,
      'error.type': '503',
      'mycelix.error.codes': ['OVERLOAD'],
    });
    expect(gateway.receiver.listTrace(span.traceId)).toHaveLength(1);
  });

  it('shows of a client that went away that its answer was not sent', async () => {
    const release = await gateway.hold('alter materialized view mv_genre_stats rename to held');
    const leaving = new AbortController();
    const { traceId, headers } = callersTrace();
    const asked = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ genres { totalPlays } }' }),
      signal: leaving.signal,
    }).catch(() => null);
    await until('a statement that waits', () => gateway.isWaiting('mv_genre_stats'));
    leaving.abort();
    await asked;
    const span = await gateway.receiver.find(
      'the span of a client that went away',
      (found) => found.traceId === traceId && found.kind === 'SERVER',
    );
    await release();
    expect(span.isError).toBe(false);
    expect(span.attributes).toMatchObject({ 'mycelix.answer.incomplete': true });
    expect(span.attributes).not.toHaveProperty('http.response.status_code');
  });
});

describe('The trace of a request of somebody who asks too much', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway({
      RATE_LIMIT: 'on',
      LIMITS: 'public.rate:1,public.cost:20,public.burst:20',
    });
  });
  afterAll(() => gateway?.close());

  it('is none of an error (429)', async () => {
    await until('an empty budget', async () => (await gateway.ask('{ nothing }')).status === 429);
    const { status, span } = await spanOf(gateway, (headers) => gateway.ask('{ nothing }', headers));
    expect(status).toBe(429);
    expect(span.isError).toBe(false);
    expect(span.attributes).toMatchObject({
      'http.response.status_code': 429,
      'mycelix.error.codes': ['RATE_LIMITED'],
    });
  });

  it.each([
    ['several Host headers (400)', 400, ['Host: a.test', 'Host: b.test']],
    ['an Expect header that nobody can meet (417)', 417, ['Host: a.test', 'Expect: the-impossible']],
  ])('is one also of %s', async (_title, status, lines) => {
    const { traceId, headers } = callersTrace();
    await sendRaw(gateway.url, [
      'GET /graphql HTTP/1.1',
      ...lines,
      `traceparent: ${headers.traceparent}`,
      'Connection: close',
    ]);
    const span = await gateway.receiver.find('a span', (found) => found.traceId === traceId);
    expect(span.name).toBe('GET');
    expect(span.attributes).toMatchObject({ 'http.response.status_code': status });
    expect(span.attributes).not.toHaveProperty('url.path');
  });
});

/** Sends a request that `fetch` would not send. */
function sendRaw(url: string, lines: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    socket
      .on('error', reject)
      .on('close', () => resolve())
      .resume();
  });
}
