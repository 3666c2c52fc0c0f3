import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callersTrace, startTracedGateway, type TracedGateway } from './traced-gateway.js';

describe('A gateway that traces nothing by itself', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway({
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
      TRACES_BY_CALLERS: '2',
    });
  });
  afterAll(() => gateway?.close());

  it('traces what callers want to be traced, for a few of them, and goes on with their ids for all', async () => {
    const { url } = gateway;
    const callers = [
      callersTrace({ isSampled: false }),
      ...Array.from({ length: 200 }, () => callersTrace()),
    ];
    const startedAt = performance.now();
    await Promise.all(
      callers.map(({ headers }) =>
        fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"query":"{ nothing }"}',
        }),
      ),
    );
    await gateway.stop();
    const seen = new Set(gateway.receiver.spans.map(({ traceId }) => traceId));
    expect(seen.size).toBeGreaterThanOrEqual(2);
    // As many at once as in a second, and then so many a second.
    expect(seen.size).toBeLessThanOrEqual(2 + (2 * (performance.now() - startedAt)) / 1000);
    expect(seen.has(callers[0]?.traceId ?? '')).toBe(false);
    const logged = gateway.lines.map(({ trace_id }) => trace_id).filter((id) => id !== undefined);
    expect(logged.every((id) => callers.some(({ traceId }) => traceId === id))).toBe(true);
    expect(logged.length).toBeGreaterThan(100);
  });
});

describe('What a caller sends of its trace', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway();
  });
  afterAll(() => gateway?.close());

  const spanOf = async (headers: Record<string, string>, name: string) => {
    await gateway.ask(`query ${name} { genres { genre } }`, headers);
    return gateway.receiver.find(name, ({ attributes }) => attributes['graphql.operation.name'] === name);
  };

  it('is its trace, its span and its state', async () => {
    const { traceId, spanId, headers } = callersTrace();
    const span = await spanOf({ ...headers, tracestate: 'vendor=value' }, 'Continued');
    expect(span).toMatchObject({ traceId, parentSpanId: spanId, traceState: 'vendor=value' });
  });

  it.each([
    ['of another form', 'nonsense'],
    ['of zeros', '00-00000000000000000000000000000000-0000000000000000-01'],
    ['of a forbidden version', 'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['that is very long', `00-${'a'.repeat(900)}`],
  ])('is nothing %s', async (title, traceparent) => {
    const span = await spanOf({ traceparent }, `Ignored${title.replace(/\W/g, '_')}`);
    expect(span.parentSpanId).toBeUndefined();
    expect(traceparent).not.toContain(span.traceId);
  });
});

describe('With OTEL_PROPAGATORS=none', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway({ OTEL_PROPAGATORS: 'none' });
  });
  afterAll(() => gateway?.close());

  it('each request begins a trace of its own', async () => {
    const { traceId, headers } = callersTrace();
    await gateway.ask('{ genres { genre } }', headers);
    const span = await gateway.receiver.find('a request', ({ kind }) => kind === 'SERVER');
    expect(span.traceId).not.toBe(traceId);
    expect(span.parentSpanId).toBeUndefined();
  });
});
