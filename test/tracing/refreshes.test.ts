import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceivedSpan } from './otlp-receiver.js';
import { asOperator, callersTrace, startTracedGateway, type TracedGateway } from './traced-gateway.js';

const onePlay =
  "insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xb0b', now(), 10, 1)";

let gateway: TracedGateway;
beforeAll(async () => {
  gateway = await startTracedGateway({ REFRESH_SCHEDULE: '* * * * * *' });
});
afterAll(() => gateway?.close());

const childrenOf = ({ spanId, traceId }: ReceivedSpan) =>
  gateway.receiver.listTrace(traceId).filter(({ parentSpanId }) => parentSpanId === spanId);

describe('A refresh', () => {
  it('by the clock is a trace of its own, with its statements, its phases and the views that it published', async () => {
    await gateway.query(onePlay);
    const refresh = await gateway.receiver.find(
      'a refresh',
      ({ name, attributes }) =>
        name === 'refresh' &&
        attributes['mycelix.refresh.outcome'] === 'refreshed' &&
        isWithPlays(attributes),
    );
    expect(refresh).toMatchObject({ kind: 'INTERNAL', parentSpanId: undefined, isError: false });
    expect(refresh.attributes).toEqual({
      'mycelix.refresh.trigger': 'schedule',
      'mycelix.refresh.outcome': 'refreshed',
      'mycelix.refresh.kind': 'incremental',
      'mycelix.generation': expect.any(Number),
    });
    const children = childrenOf(refresh);
    const names = children.map(({ name }) => name);
    expect(names.slice(0, 1)).toEqual(['wait for a connection']);
    const statement = children.find(({ name }) => name === 'analytics.refresh');
    expect(statement).toMatchObject({ kind: 'CLIENT', isError: false });
    expect(statement?.attributes).toMatchObject({
      'db.operation.name': 'SELECT',
      'db.query.summary': 'analytics.refresh',
      'db.query.text': 'select analytics.refresh($1, null, $2, $3) as result',
    });
    const phases = children.filter(({ name }) => name.startsWith('refresh '));
    expect(phases.map(({ name }) => name)).toEqual(
      ['read', 'dimensions', 'apply', 'charts', 'statements', 'publish']
        .map((name) => `refresh ${name}`)
        .filter((name) => name !== 'refresh charts' || names.includes(name)),
    );
    for (const [n, phase] of phases.entries())
      expect(phase.startNano >= (phases[n - 1]?.endNano ?? 0n)).toBe(true);
    const publish = phases.at(-1) as ReceivedSpan;
    const views = childrenOf(publish);
    expect(views.map(({ name }) => name)).toContain('publish mv_song_analytics');
    for (const view of views) {
      expect(view.attributes['mycelix.view']).toBe(view.name.replace('publish ', ''));
      expect(view.startNano >= publish.startNano).toBe(true);
    }
  });

  it('that fails names the SQLSTATE and not what the database said', async () => {
    await gateway.query('alter table songs rename to mislaid');
    const refresh = await gateway.receiver.find(
      'a failed refresh',
      ({ name, isError }) => name === 'refresh' && isError,
    );
    await gateway.query('alter table mislaid rename to songs');
    expect(refresh.attributes).toEqual({ 'mycelix.refresh.trigger': 'schedule', 'error.type': '42P01' });
    expect(refresh).toMatchObject({ statusMessage: undefined, events: [] });
    const statement = childrenOf(refresh).find(({ name }) => name === 'analytics.refresh');
    expect(statement?.attributes).toMatchObject({
      'error.type': '42P01',
      'db.response.status_code': '42P01',
    });
  });

  it('that somebody asked for belongs to the trace of the request', async () => {
    const { traceId, headers } = callersTrace();
    const response = await gateway.ask('mutation { refreshViews { outcome } }', {
      ...headers,
      ...asOperator,
    });
    expect(response.status).toBe(200);
    const request = await gateway.receiver.find(
      'the request',
      (span) => span.traceId === traceId && span.kind === 'SERVER',
    );
    expect(request.attributes['graphql.operation.type']).toBe('mutation');
    const [refresh] = childrenOf(request).filter(({ name }) => name === 'refresh');
    expect(refresh?.attributes).toMatchObject({ 'mycelix.refresh.trigger': 'graphql' });
    expect(childrenOf(refresh as ReceivedSpan).length).toBeGreaterThan(3);
  });
});

/** The refresh that saw the play: those before it had nothing to publish. */
function isWithPlays({ 'mycelix.generation': generation }: ReceivedSpan['attributes']): boolean {
  return Number(generation) > 1;
}
