import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { ReceiverConfig } from '../config/tracing/tracing-config.js';

/** The way to where traces are sent. */
export interface Receiver {
  readonly exporter: SpanExporter;
  /** Ends what is being sent, and lets nothing more be sent. */
  destroy(): void;
}

export function openReceiver(config: ReceiverConfig): Receiver {
  const agent = agentFor(config);
  let isDestroyed = false;
  const Exporter = config.protocol === 'http/json' ? JsonExporter : ProtobufExporter;
  return {
    exporter: new Exporter({
      url: config.url.reveal(),
      timeoutMillis: config.timeoutMs,
      compression: (config.isCompressed ? 'gzip' : 'none') as never,
      httpAgentOptions: () => agent,
      // Asked for before each attempt.
      async headers() {
        if (isDestroyed) throw new Error('The gateway has stopped.');
        return Object.fromEntries(
          Object.entries(config.headers).map(([name, value]) => [name, value.reveal()]),
        );
      },
    }),
    destroy() {
      isDestroyed = true;
      agent.destroy();
    },
  };
}

function agentFor({
  url,
  certificateFile,
  clientKeyFile,
  clientCertificateFile,
}: ReceiverConfig): HttpAgent | HttpsAgent {
  if (new URL(url.reveal()).protocol === 'http:') return new HttpAgent({ keepAlive: true });
  const read = (file: string | undefined) => file && readFileSync(file);
  return new HttpsAgent({
    keepAlive: true,
    ca: read(certificateFile),
    key: read(clientKeyFile),
    cert: read(clientCertificateFile),
  });
}
