import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { until } from '../support/wait.js';

export type Value = string | number | boolean | readonly Value[];

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the first of a trace. */
  readonly parentSpanId: string | undefined;
  readonly traceState: string | undefined;
  readonly name: string;
  readonly kind: 'INTERNAL' | 'SERVER' | 'CLIENT';
  readonly attributes: Readonly<Record<string, Value>>;
  readonly isError: boolean;
  readonly statusMessage: string | undefined;
  readonly startNano: bigint;
  readonly endNano: bigint;
  readonly links: readonly string[];
  readonly events: readonly unknown[];
  readonly resource: Readonly<Record<string, Value>>;
}

export interface Delivery {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Takes traces over HTTP as a collector does. */
export interface OtlpReceiver {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** Those that came as JSON. */
  readonly spans: readonly ReceivedSpan[];
  /** Waits for a span. */
  find(what: string, isIt: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan>;
  /** What arrived of a trace so far. */
  listTrace(traceId: string): readonly ReceivedSpan[];
  /** What all answers are from now on. */
  answerWith(status: number): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<OtlpReceiver> {
  const deliveries: Delivery[] = [];
  const spans: ReceivedSpan[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      deliveries.push({ url: request.url ?? '', headers: request.headers, body });
      if (status === 200 && request.headers['content-type'] === 'application/json')
        spans.push(...spansIn(JSON.parse(body.toString()) as Payload));
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    spans,
    find: (what, isIt) => until(what, () => spans.find(isIt)),
    listTrace: (traceId) => spans.filter((span) => span.traceId === traceId),
    answerWith(next) {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
}

type KeyValues = readonly { readonly key: string; readonly value: AnyValue }[];

interface Payload {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: KeyValues };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly traceState?: string;
        readonly name: string;
        readonly kind: number;
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
        readonly attributes: KeyValues;
        readonly status: { readonly code: number; readonly message?: string };
        readonly links?: readonly { readonly spanId: string }[];
        readonly events?: readonly unknown[];
      }[];
    }[];
  }[];
}

const kinds: Readonly<Record<number, ReceivedSpan['kind']>> = { 1: 'INTERNAL', 2: 'SERVER', 3: 'CLIENT' };

function spansIn({ resourceSpans }: Payload): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        traceState: span.traceState,
        name: span.name,
        kind: kinds[span.kind] ?? 'INTERNAL',
        attributes: valuesOf(span.attributes),
        isError: span.status.code === 2,
        statusMessage: span.status.message,
        startNano: BigInt(span.startTimeUnixNano),
        endNano: BigInt(span.endTimeUnixNano),
        links: (span.links ?? []).map(({ spanId }) => spanId),
        events: span.events ?? [],
        resource: valuesOf(resource.attributes),
      })),
    ),
  );
}

function valuesOf(pairs: KeyValues): Record<string, Value> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue): Value {
  if (value.arrayValue) return value.arrayValue.values.map(plainValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? '';
}
