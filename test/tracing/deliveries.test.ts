import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/postgres.js';
import { waitFor } from '../support/wait.js';
import { startTracedGateway, type TracedGateway } from './traced-gateway.js';

const linesOf = (gateway: TracedGateway, message: string) =>
  gateway.lines.filter(({ msg }) => msg === message);
const [lostMessage, foundMessage] = ['traces cannot be delivered', 'traces are delivered again'];

describe('A receiver', () => {
  let gateway: TracedGateway;
  beforeAll(async () => {
    gateway = await startTracedGateway({
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key,x-other=1',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    });
  });
  afterAll(() => gateway?.close());

  it('gets the headers that were set, and compressed bodies if that was set', async () => {
    await gateway.ask('{ nothing }');
    await waitFor(() => expect(gateway.receiver.spans.length).toBeGreaterThan(0));
    expect(gateway.receiver.deliveries[0]).toMatchObject({
      url: '/v1/traces',
      headers: { 'content-encoding': 'gzip', 'x-key': 'a key', 'x-other': '1' },
    });
  });

  it('that refuses traces is one line of the log, and another one when it takes them again', async () => {
    const { receiver } = gateway;
    receiver.answerWith(400);
    const before = receiver.deliveries.length;
    for (let refused = 1; refused <= 4; refused += 1) {
      await gateway.ask('{ nothing }');
      await waitFor(() => expect(receiver.deliveries.length).toBeGreaterThanOrEqual(before + refused));
    }
    await waitFor(() => expect(linesOf(gateway, lostMessage)).toHaveLength(1));
    expect(linesOf(gateway, lostMessage)[0]).toMatchObject({ level: 40, reason: '400' });
    receiver.answerWith(200);
    await waitFor(async () => {
      await gateway.ask('{ nothing }');
      expect(linesOf(gateway, foundMessage)).toHaveLength(1);
    });
    expect(linesOf(gateway, foundMessage)[0]?.lostSpans).toBeGreaterThanOrEqual(4);
    expect(linesOf(gateway, lostMessage)).toHaveLength(1);
  });
});

describe('A gateway', () => {
  let gateway: TracedGateway | undefined;
  let silent: Server | undefined;
  afterEach(async () => {
    await gateway?.close();
    silent?.closeAllConnections();
    silent?.close();
    gateway = undefined;
    silent = undefined;
  });

  it('answers whether or not somebody is there who takes its traces', async () => {
    gateway = await startTracedGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
      OTEL_BSP_MAX_QUEUE_SIZE: '10',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '5',
    });
    for (let asked = 0; asked < 60; asked += 1)
      expect((await gateway.ask('{ genres { genre } }')).status).toBe(200);
    await waitFor(() => expect(linesOf(gateway as TracedGateway, lostMessage)).toHaveLength(1));
    await gateway.stop();
    expect(linesOf(gateway, lostMessage)).toEqual([
      expect.objectContaining({ level: 40, reason: 'ECONNREFUSED' }),
    ]);
  });

  it('stops although its traces are taken and never acknowledged', async () => {
    silent = createServer(() => {});
    const listening = silent;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    gateway = await startTracedGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
      OTEL_BSP_EXPORT_TIMEOUT: '600000',
    });
    await gateway.ask('{ genres { genre } }');
    await gateway.stop();
    // Nothing is left that would keep a process alive.
    await waitFor(async () => expect(await promisify(listening.getConnections.bind(listening))()).toBe(0));
  });

  it('sends what is left when it stops', async () => {
    gateway = await startTracedGateway({ OTEL_BSP_SCHEDULE_DELAY: '600000' });
    await gateway.ask('query LastWords { genres { genre } }');
    await gateway.stop();
    const names = gateway.receiver.spans.map(({ attributes }) => attributes['graphql.operation.name']);
    expect(names).toContain('LastWords');
  });
});
