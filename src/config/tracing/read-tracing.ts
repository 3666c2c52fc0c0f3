import { existsSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../secret.js';
import { parsedUrl, quoted, wholeNumber } from '../values.js';
import { readPairs } from './read-pairs.js';
import type { ReceiverConfig, SamplerConfig, TracingConfig } from './tracing-config.js';

type Environment = Readonly<Record<string, string | undefined>>;

const general = 'OTEL_EXPORTER_OTLP_';
const ofTraces = 'OTEL_EXPORTER_OTLP_TRACES_';

/**
 * Reads the standard variables of OpenTelemetry. Without a receiver nothing is traced and none of them is looked at,
 * because a platform may set them for all of its programs.
 */
export function readTracing(environment: Environment): {
  readonly config: TracingConfig | null;
  readonly faults: readonly string[];
} {
  const given = Object.fromEntries(
    Object.entries(withoutGeneral(environment)).filter(
      ([name, value]) => value !== '' && name in variables.shape,
    ),
  );
  const isOff =
    !given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ||
    given.OTEL_TRACES_EXPORTER === 'none' ||
    given.OTEL_SDK_DISABLED?.toLowerCase() === 'true';
  if (isOff) return { config: null, faults: [] };
  const result = variables.safeParse(given);
  if (!result.success)
    return { config: null, faults: result.error.issues.map(({ message }) => asGiven(message, environment)) };
  const values = result.data;
  if (values.OTEL_BSP_MAX_EXPORT_BATCH_SIZE > values.OTEL_BSP_MAX_QUEUE_SIZE)
    return {
      config: null,
      faults: [
        `OTEL_BSP_MAX_EXPORT_BATCH_SIZE, OTEL_BSP_MAX_QUEUE_SIZE: expected a batch that fits into the queue, got ${values.OTEL_BSP_MAX_EXPORT_BATCH_SIZE}, ${values.OTEL_BSP_MAX_QUEUE_SIZE}`,
      ],
    };
  const attributes = values.OTEL_RESOURCE_ATTRIBUTES;
  const config: TracingConfig = {
    receiver: receiverOf(values),
    sampler: samplerOf(values.OTEL_TRACES_SAMPLER, values.OTEL_TRACES_SAMPLER_ARG),
    batch: {
      delayMs: values.OTEL_BSP_SCHEDULE_DELAY,
      exportTimeoutMs: values.OTEL_BSP_EXPORT_TIMEOUT,
      maxQueueSize: values.OTEL_BSP_MAX_QUEUE_SIZE,
      maxBatchSize: values.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
    },
    continuesTraces: values.OTEL_PROPAGATORS.includes('tracecontext'),
    tracesByCallers: values.TRACES_BY_CALLERS,
    resource: {
      ...attributes,
      'service.name': values.OTEL_SERVICE_NAME ?? attributes['service.name'] ?? defaultServiceName,
    },
  };
  return { config: Object.freeze(config), faults: [] };
}

const defaultServiceName = 'mycelix-analytics';
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const propagators = ['tracecontext', 'baggage', 'none'];

const file = (name: string) =>
  z
    .string()
    .refine(existsSync, {
      error: (issue) => `${name}: expected a file that exists, got ${quoted(issue.input)}`,
    })
    .optional();

const pairs = (name: string, example: string, isPair: (name: string, value: string) => boolean) =>
  z
    .string()
    .default('')
    .refine((text) => Object.entries(readPairs(text) ?? { '': '' }).every((pair) => isPair(...pair)), {
      error: `${name}: expected ${example}, percent-encoded, got something else`,
    })
    .transform((text) => readPairs(text) ?? {});

const variables = z.object({
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_EXPORTER: z
    .enum(['otlp', 'none'], {
      error: (issue) => `OTEL_TRACES_EXPORTER: expected otlp or none, got ${quoted(issue.input)}`,
    })
    .default('otlp'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z
    .string()
    .refine((text) => /^https?:$/.test(parsedUrl(text)?.protocol ?? ''), {
      error:
        'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: expected an http or https URL such as http://localhost:4318, got something else',
    }),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z
    .enum(['http/protobuf', 'http/json'], {
      error: (issue) =>
        `OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: expected http/protobuf or http/json, got ${quoted(issue.input)}`,
    })
    .default('http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: pairs(
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    'name=value,name=value',
    (name, value) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
  ),
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: wholeNumber('OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', 1, 600_000, 10_000),
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: z
    .enum(['gzip', 'none'], {
      error: (issue) =>
        `OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: expected gzip or none, got ${quoted(issue.input)}`,
    })
    .default('none'),
  OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: file('OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE'),
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: file('OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY'),
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE: file('OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE'),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: pairs('OTEL_RESOURCE_ATTRIBUTES', 'name=value,name=value', (name) => name !== ''),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, {
      error: (issue) =>
        `OTEL_TRACES_SAMPLER: expected one of ${samplers.join(', ')}, got ${quoted(issue.input)}`,
    })
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .default('1')
    .refine((text) => /^(\d+(\.\d*)?|\.\d+)(e-?\d+)?$/i.test(text) && Number(text) <= 1, {
      error: (issue) => `OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got ${quoted(issue.input)}`,
    })
    .transform(Number),
  OTEL_PROPAGATORS: z
    .string()
    .default('tracecontext,baggage')
    .transform((text) => text.split(',').map((name) => name.trim()))
    .refine((names) => names.every((name) => propagators.includes(name)), {
      error: `OTEL_PROPAGATORS: expected ${propagators.join(', ')}, got something else`,
    }),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber('OTEL_BSP_SCHEDULE_DELAY', 1, 600_000, 5_000),
  OTEL_BSP_EXPORT_TIMEOUT: wholeNumber('OTEL_BSP_EXPORT_TIMEOUT', 1, 600_000, 30_000),
  OTEL_BSP_MAX_QUEUE_SIZE: wholeNumber('OTEL_BSP_MAX_QUEUE_SIZE', 1, 1_000_000, 2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: wholeNumber('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 1, 1_000_000, 512),
  TRACES_BY_CALLERS: wholeNumber('TRACES_BY_CALLERS', 0, 1_000_000, 10),
});

type Values = z.infer<typeof variables>;

/** What is said for all signals is said for traces, unless these have a variable of their own. */
function withoutGeneral(environment: Environment): Record<string, string | undefined> {
  const given = { ...environment };
  for (const [name, value] of Object.entries(environment)) {
    if (!value || !name.startsWith(general) || name.startsWith(ofTraces)) continue;
    const own = name.replace(general, ofTraces);
    given[own] ||= own === `${ofTraces}ENDPOINT` ? tracesBelow(value) : value;
  }
  return given;
}

/** Names the variable that was set, which may be the one of all signals. */
function asGiven(message: string, environment: Environment): string {
  return message.replace(/OTEL_EXPORTER_OTLP_TRACES_\w+/, (own) =>
    environment[own] ? own : own.replace(ofTraces, general),
  );
}

/** The path of traces below an endpoint of all signals. */
function tracesBelow(endpoint: string): string {
  const url = parsedUrl(endpoint);
  if (!url) return endpoint;
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}

function receiverOf(values: Values): ReceiverConfig {
  return {
    url: new Secret(values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    protocol: values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
    headers: Object.fromEntries(
      Object.entries(values.OTEL_EXPORTER_OTLP_TRACES_HEADERS).map(([name, value]) => [
        name,
        new Secret(value),
      ]),
    ),
    timeoutMs: values.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT,
    isCompressed: values.OTEL_EXPORTER_OTLP_TRACES_COMPRESSION === 'gzip',
    certificateFile: values.OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE,
    clientKeyFile: values.OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY,
    clientCertificateFile: values.OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE,
  };
}

function samplerOf(name: Values['OTEL_TRACES_SAMPLER'], ratio: number): SamplerConfig {
  const kind = name.replace('parentbased_', '') as SamplerConfig['kind'];
  return { kind, ratio, followsCaller: name.startsWith('parentbased_') };
}
