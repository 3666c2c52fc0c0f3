import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, waitFor } from '../support/wait.js';
import type { ReceivedSpan } from './otlp-receiver.js';
import { asOperator, callersTrace, startTracedGateway, type TracedGateway } from './traced-gateway.js';

const question =
  'query TopSongs($first: Int) { trendingSongs(first: $first) { title artist { artistName } } }';

let gateway: TracedGateway;
beforeAll(async () => {
  gateway = await startTracedGateway({
    OTEL_SERVICE_NAME: 'analytics-of-the-tests',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.version=1%2C0',
  });
});
afterAll(() => gateway?.close());

/** Asks within a trace of the caller's own, and waits for the span of the request, which is sent last. */
async function trace(work: (headers: Record<string, string>) => Promise<Response>) {
  const caller = callersTrace();
  const response = await work(caller.headers);
  const text = await response.text();
  const request = await gateway.receiver.find(
    'the span of the request',
    (span) => span.traceId === caller.traceId && span.kind === 'SERVER',
  );
  const spans = gateway.receiver.listTrace(caller.traceId);
  expect(request.parentSpanId).toBe(caller.spanId);
  return { response, text, request, spans, below: (parent: ReceivedSpan) => childrenOf(parent, spans) };
}

function childrenOf({ spanId }: ReceivedSpan, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.filter(({ parentSpanId }) => parentSpanId === spanId);
}

/** Spans begin at whole milliseconds, and end so long after that as they have taken. */
const millisecond = 1_000_000n;

const arrivals = 'http.server.request.start';

/** Settles when the next request has been taken by the gateway, which runs in this process. */
function nextArrival(): Promise<void> {
  return new Promise((resolve) => {
    const hear = (message: unknown) => {
      // The receiver is in this process, too.
      const { url } = (message as { readonly request: IncomingMessage }).request;
      if (!url?.startsWith('/graphql')) return;
      unsubscribe(arrivals, hear);
      setImmediate(resolve);
    };
    subscribe(arrivals, hear);
  });
}

/** What all requests say of themselves. */
const ofRequest = {
  'http.request.method': 'POST',
  'url.scheme': 'http',
  'network.protocol.version': '1.1',
  'server.address': '127.0.0.1',
  'server.port': expect.any(Number),
};
const ofAnswer = { ...ofRequest, 'http.route': '/graphql', 'url.path': '/graphql' };
const ofDatabase = {
  'db.system.name': 'postgresql',
  'db.namespace': expect.stringMatching(/^traced_/),
  'server.address': '127.0.0.1',
  'server.port': expect.any(Number),
};

describe('A trace of an answer', () => {
  it('that had to be read shows each wait for a connection and each statement below the request', async () => {
    const { request, spans, below } = await trace((headers) => gateway.ask(question, headers, { first: 3 }));
    expect(request).toMatchObject({ name: 'POST /graphql', kind: 'SERVER', isError: false, events: [] });
    expect(request.attributes).toEqual({
      ...ofAnswer,
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'TopSongs',
      'mycelix.cache.verdict': 'miss',
      'mycelix.generation': 1,
    });
    expect(request.resource).toMatchObject({
      'service.name': 'analytics-of-the-tests',
      'service.version': '1,0',
      'deployment.environment.name': 'test',
      'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
      'telemetry.sdk.name': 'opentelemetry',
    });
    expect(below(request)).toHaveLength(spans.length - 1);
    expect(below(request).map(({ name, kind, isError }) => ({ name, kind, isError }))).toEqual([
      { name: 'wait for a connection', kind: 'INTERNAL', isError: false },
      { name: 'trendingSongs', kind: 'CLIENT', isError: false },
      { name: 'wait for a connection', kind: 'INTERNAL', isError: false },
      { name: 'artists.byAddress', kind: 'CLIENT', isError: false },
    ]);
    const [wait, songs, , artists] = below(request) as [ReceivedSpan, ReceivedSpan, unknown, ReceivedSpan];
    expect(wait.attributes).toEqual({ 'db.client.connection.pool.name': 'public' });
    expect(songs.attributes).toEqual({
      ...ofDatabase,
      'db.query.summary': 'trendingSongs',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'mv_song_analytics',
      'db.query.text': expect.stringMatching(/^select \/\* trendingSongs \*\/ "song_id"/),
      'db.response.returned_rows': 3,
    });
    expect(artists.attributes['db.query.text']).toMatch(/where "artist_address" = any\(\$1\)$/);
    expect(wait.startNano >= request.startNano).toBe(true);
    expect(wait.endNano < songs.startNano + millisecond).toBe(true);
    expect(songs.endNano < artists.startNano + millisecond).toBe(true);
    expect(artists.endNano < request.endNano + millisecond).toBe(true);
  });

  it('of the cache is the request alone, and so is one that the client has already', async () => {
    const first = await gateway.ask(question, {}, { first: 4 });
    const etag = first.headers.get('etag') ?? '';
    const hit = await trace((headers) => gateway.ask(question, headers, { first: 4 }));
    const known = await trace((headers) =>
      gateway.ask(question, { ...headers, 'if-none-match': etag }, { first: 4 }),
    );
    const named = { 'graphql.operation.type': 'query', 'graphql.operation.name': 'TopSongs' };
    expect(hit.spans).toHaveLength(1);
    expect(hit.request.attributes).toEqual({
      ...ofAnswer,
      ...named,
      'http.response.status_code': 200,
      'mycelix.cache.verdict': 'hit',
      'mycelix.generation': 1,
    });
    expect(known.spans).toHaveLength(1);
    expect(known.request.attributes).toEqual({
      ...ofAnswer,
      ...named,
      'http.response.status_code': 304,
      'mycelix.cache.verdict': 'revalidated',
      'mycelix.generation': 1,
    });
  });

  it('of the cache names the operation also where the same bytes have come before', async () => {
    for (let n = 0; n < 3; n += 1) await gateway.ask(question, {}, { first: 5 });
    const { request } = await trace((headers) => gateway.ask(question, headers, { first: 5 }));
    expect(request.attributes).toMatchObject({
      'graphql.operation.name': 'TopSongs',
      'mycelix.cache.verdict': 'hit',
    });
  });

  it('that others wait for, too, is linked by theirs', async () => {
    const document = 'query Joined { genres { genre totalPlays } }';
    const release = await gateway.hold('alter materialized view mv_genre_stats rename to held');
    const first = trace((headers) => gateway.ask(document, headers));
    await until('a statement that waits', () => gateway.isWaiting('mv_genre_stats'));
    const arrival = nextArrival();
    // A GET is all there when its headers are.
    const second = trace((headers) =>
      fetch(`${gateway.url}/graphql?${new URLSearchParams({ query: document })}`, {
        headers: { ...headers, 'apollo-require-preflight': '1' },
      }),
    );
    await arrival;
    await release();
    const [ran, joined] = [await first, await second];
    expect(ran.spans.length).toBeGreaterThan(1);
    expect(ran.request.links).toEqual([]);
    expect(joined.spans).toHaveLength(1);
    expect(joined.request.name).toBe('GET /graphql');
    expect(joined.request.attributes).toMatchObject({
      'mycelix.cache.verdict': 'miss',
      'mycelix.cache.joined': true,
    });
    expect(joined.request.links).toEqual([ran.request.spanId]);
  });

  it('of an operator says its id, and no other answer does', async () => {
    const personal = '{ monitoring { pool { total } } }';
    const { text, request } = await trace((headers) => gateway.ask(personal, { ...headers, ...asOperator }));
    expect(JSON.parse(text)).toMatchObject({ extensions: { traceId: request.traceId } });
    const shared = await trace((headers) =>
      gateway.ask(question, { ...headers, ...asOperator }, { first: 6 }),
    );
    expect(JSON.parse(shared.text)).not.toHaveProperty('extensions');
    // Apollo executes this one, too.
    const refused = await trace((headers) => gateway.ask('{ nothing }', headers));
    expect(refused.text).not.toContain('traceId');
  });

  it('that was exported shows one statement for all pieces of the file', async () => {
    const { request, below } = await trace((headers) =>
      fetch(`${gateway.url}/export/songs.csv?fields=title`, { headers }),
    );
    expect(request.name).toBe('GET /export/songs.csv');
    expect(request.attributes).toEqual({
      ...ofRequest,
      'http.request.method': 'GET',
      'http.route': '/export/songs.csv',
      'url.path': '/export/songs.csv',
      'http.response.status_code': 200,
    });
    expect(below(request).map(({ name }) => name)).toEqual([
      'wait for a connection',
      'generation',
      'export.songs.count',
      'export.songs',
    ]);
    expect(below(request).at(-1)?.attributes).toMatchObject({
      'db.query.text': expect.stringMatching(/^select \/\* export.songs \*\/ "title"/),
      'db.response.returned_rows': 24,
    });
  });
});

describe('A trace of a failure', () => {
  it('names the SQLSTATE of the statement and the code of the answer, and no message', async () => {
    await gateway.query('alter materialized view mv_platform_stats rename to mislaid');
    const { request, below } = await trace((headers) =>
      gateway.ask('{ platformStats { totalPlays } }', headers),
    );
    await gateway.query('alter materialized view mislaid rename to mv_platform_stats');
    const statement = below(request).find(({ kind }) => kind === 'CLIENT');
    expect(statement).toMatchObject({ isError: true, statusMessage: undefined, events: [] });
    expect(statement?.attributes).toMatchObject({
      'error.type': '42P01',
      'db.response.status_code': '42P01',
    });
    // The answer is one: GraphQL says in it what failed.
    expect(request.isError).toBe(false);
    expect(request.attributes).toMatchObject({
      'http.response.status_code': 200,
      'mycelix.cache.verdict': 'miss',
      'mycelix.error.codes': ['INTERNAL_SERVER_ERROR'],
    });
  });

  it.each([
    ['of credentials (401)', 401, 'UNAUTHENTICATED', '{ genres { genre } }', { authorization: 'Bearer x' }],
    ['of a document that is not valid (400)', 400, 'BAD_USER_INPUT', '{ nothing }', {}],
    ['of a document that is cut off (400)', 400, 'BAD_USER_INPUT', '{ genres {', {}],
  ])('%s is a refusal and no error', async (_title, status, code, query, headers) => {
    const { request, spans } = await trace((traced) =>
      gateway.ask(query, { ...traced, ...(headers as Record<string, string>) }),
    );
    expect(spans).toHaveLength(1);
    expect(request.isError).toBe(false);
    expect(request.attributes).toEqual({
      ...ofAnswer,
      'http.response.status_code': status,
      'mycelix.error.codes': [code],
    });
  });

  it('of a path that is not there does not say the path', async () => {
    const { request } = await trace((headers) => fetch(`${gateway.url}/nowhere/at/all?x=1`, { headers }));
    expect(request.name).toBe('GET');
    expect(request.attributes).toEqual({
      ...ofRequest,
      'http.request.method': 'GET',
      'http.response.status_code': 404,
      'mycelix.error.codes': ['BAD_USER_INPUT'],
    });
  });
});

describe('No trace is made', () => {
  it('of health and metrics', async () => {
    const caller = callersTrace();
    for (const path of ['/healthz', '/readyz', '/metrics', '/metrics/database'])
      expect((await fetch(`${gateway.url}${path}`, { headers: caller.headers })).status).toBe(200);
    await trace((headers) => gateway.ask('{ genres { genre } }', headers));
    expect(gateway.receiver.listTrace(caller.traceId)).toEqual([]);
  });

  it('of what the gateway does by itself to see how it is', () =>
    waitFor(() => {
      const { spans } = gateway.receiver;
      const asked = new Set(spans.filter(({ kind }) => kind === 'SERVER').map(({ traceId }) => traceId));
      expect(asked.size).toBeGreaterThan(10);
      expect(spans.filter(({ traceId }) => !asked.has(traceId))).toEqual([]);
    }));
});

describe('A log line', () => {
  it('names the trace and the span of the request that it is about', async () => {
    const { request } = await trace((headers) => gateway.ask('{ nothing }', headers));
    const line = gateway.lines.find(({ trace_id }) => trace_id === request.traceId);
    expect(line).toMatchObject({ msg: 'answered', status: 400, span_id: request.spanId });
    const page = await trace((headers) => fetch(`${gateway.url}/nowhere`, { headers }));
    expect(gateway.lines.find(({ trace_id }) => trace_id === page.request.traceId)).toMatchObject({
      msg: 'answered',
      span_id: page.request.spanId,
    });
  });
});
