import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/index.js';
import { fillDataFolder } from '../support/data-folder.js';
import { type OtlpReceiver, startReceiver } from './otlp-receiver.js';
import { callersTrace, startTracedGateway, untilRefreshIsKnown } from './traced-gateway.js';

/** The spans below the request, in the order in which they ended. */
async function listBelow(
  receiver: OtlpReceiver,
  url: string,
  headers: Record<string, string>,
  traceId: string,
) {
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  expect(response.status).toBe(200);
  const request = await receiver.find(
    'a request',
    (span) => span.traceId === traceId && span.kind === 'SERVER',
  );
  return receiver.listTrace(traceId).filter(({ parentSpanId }) => parentSpanId === request.spanId);
}

const search = new URLSearchParams({ query: '{ platformStats { totalPlays } }' });
const read = ['wait for a connection', 'platformStats'];
const exported = ['wait for a connection', 'generation', 'export.genres.count', 'export.genres'];

describe('The statements of a request are traced', () => {
  it('in the embedded database, too', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'traced-'));
    await fillDataFolder(folder);
    const receiver = await startReceiver();
    const lines: Record<string, unknown>[] = [];
    const gateway = await createGateway({
      settings: {
        DATA_DIR: folder,
        PORT: '0',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_BSP_SCHEDULE_DELAY: '20',
      },
      log: pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line)) }),
    });
    try {
      const url = await gateway.listen();
      await gateway.ready;
      await untilRefreshIsKnown(lines);
      for (const [target, names] of [
        [`/graphql?${search}`, read],
        ['/export/genres.csv', exported],
      ] as const) {
        const { traceId, headers } = callersTrace();
        const asked = { ...headers, 'apollo-require-preflight': '1' };
        const below = await listBelow(receiver, url + target, asked, traceId);
        expect(below.map(({ name }) => name)).toEqual(names);
        expect(below.at(-1)?.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
        expect(below.at(-1)?.attributes).not.toHaveProperty('server.address');
      }
    } finally {
      await gateway.close();
      await receiver.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('through a transaction pooler, too, and without the statements around them', async () => {
    const gateway = await startTracedGateway({}, { isPooled: true });
    try {
      const { traceId, headers } = callersTrace();
      const asked = { ...headers, 'apollo-require-preflight': '1' };
      const below = await listBelow(gateway.receiver, `${gateway.url}/graphql?${search}`, asked, traceId);
      expect(below.map(({ name }) => name)).toEqual(read);
      expect(below.at(-1)?.attributes['db.query.text']).toMatch(/^select \/\* platformStats \*\//);
    } finally {
      await gateway.close();
    }
  });
});
