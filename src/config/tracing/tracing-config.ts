import type { Secret } from '../secret.js';

/** What is sent of the requests that the sampler was asked about. */
export interface SamplerConfig {
  readonly kind: 'always_on' | 'always_off' | 'traceidratio';
  /** The part that is traced of `traceidratio`, from 0 to 1. */
  readonly ratio: number;
  /** Whether a caller that brings a trace decides. */
  readonly followsCaller: boolean;
}

/** Where traces are sent, and how. */
export interface ReceiverConfig {
  /** The whole URL. It may hold a password. */
  readonly url: Secret;
  readonly protocol: 'http/protobuf' | 'http/json';
  /** They may hold keys. */
  readonly headers: Readonly<Record<string, Secret>>;
  readonly timeoutMs: number;
  readonly isCompressed: boolean;
  /** Files in PEM: whom to believe, and who we are. */
  readonly certificateFile?: string;
  readonly clientKeyFile?: string;
  readonly clientCertificateFile?: string;
}

/** How spans are gathered before they are sent. */
export interface BatchConfig {
  readonly delayMs: number;
  readonly exportTimeoutMs: number;
  readonly maxQueueSize: number;
  readonly maxBatchSize: number;
}

/** What the `OTEL_…` variables say of traces. */
export interface TracingConfig {
  readonly receiver: ReceiverConfig;
  readonly sampler: SamplerConfig;
  readonly batch: BatchConfig;
  /** Whether the traces of callers are continued. */
  readonly continuesTraces: boolean;
  /** How many requests a second may be traced because their callers say so. */
  readonly tracesByCallers: number;
  /** With `service.name`. */
  readonly resource: Readonly<Record<string, string>>;
}
