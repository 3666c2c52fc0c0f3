import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { faultsOf } from './faults-of.js';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.test:4318' };

const tracingOf = (environment: Record<string, string>) => readConfig(environment).tracing;
const urlOf = (environment: Record<string, string>) => tracingOf(environment)?.receiver.url.reveal();

describe('Traces', () => {
  it('are made where there is an endpoint, and as the specification says unless told otherwise', () => {
    expect(tracingOf({})).toBeNull();
    expect(tracingOf(endpoint)).toEqual({
      receiver: {
        url: expect.anything(),
        protocol: 'http/protobuf',
        headers: {},
        timeoutMs: 10_000,
        isCompressed: false,
      },
      sampler: { kind: 'always_on', ratio: 1, followsCaller: true },
      batch: { delayMs: 5_000, exportTimeoutMs: 30_000, maxQueueSize: 2_048, maxBatchSize: 512 },
      continuesTraces: true,
      tracesByCallers: 10,
      resource: { 'service.name': 'mycelix-analytics' },
    });
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_SDK_DISABLED', 'TRUE'],
    ['OTEL_TRACES_EXPORTER', 'none'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ''],
  ])('are not made with %s=%s, and then nothing else of them can be wrong', (name, value) => {
    const wrong = { OTEL_TRACES_SAMPLER: 'all', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    expect(tracingOf({ ...endpoint, ...wrong, [name]: value })).toBeNull();
  });

  it('go to a path below the endpoint of all signals, or to just where their own endpoint says', () => {
    expect(urlOf(endpoint)).toBe('http://collector.test:4318/v1/traces');
    expect(urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://x.test/otlp/' })).toBe(
      'https://x.test/otlp/v1/traces',
    );
    expect(urlOf({ ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://other.test/here' })).toBe(
      'http://other.test/here',
    );
    expect(urlOf({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://other.test/here' })).toBe(
      'http://other.test/here',
    );
  });

  it('take what is said of traces before what is said of all signals', () => {
    const tracing = tracingOf({
      ...endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2000',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    });
    expect(tracing?.receiver).toMatchObject({ protocol: 'http/json', timeoutMs: 2_000, isCompressed: true });
  });

  it('are named and described as the variables say', () => {
    const resource = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=by-attribute, team = a%2Cb ,' };
    expect(tracingOf({ ...endpoint, ...resource })?.resource).toEqual({
      'service.name': 'by-attribute',
      team: 'a,b',
    });
    expect(tracingOf({ ...endpoint, ...resource, OTEL_SERVICE_NAME: 'by-name' })?.resource).toMatchObject({
      'service.name': 'by-name',
    });
  });

  it.each([
    ['always_off', undefined, { kind: 'always_off', ratio: 1, followsCaller: false }],
    ['traceidratio', '0.25', { kind: 'traceidratio', ratio: 0.25, followsCaller: false }],
    ['parentbased_traceidratio', '1e-3', { kind: 'traceidratio', ratio: 0.001, followsCaller: true }],
  ])('are sampled by %s %s', (name, argument, sampler) => {
    const given = { OTEL_TRACES_SAMPLER: name, ...(argument && { OTEL_TRACES_SAMPLER_ARG: argument }) };
    expect(tracingOf({ ...endpoint, ...given })?.sampler).toEqual(sampler);
  });

  it('are not made with anything that is wrong: all of it is named at once, beside what else is', () => {
    expect(
      faultsOf({
        PORT: 'http',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_HEADERS: 'no pair',
        OTEL_EXPORTER_OTLP_TIMEOUT: '0',
        OTEL_EXPORTER_OTLP_COMPRESSION: 'br',
        OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere.pem',
        OTEL_TRACES_EXPORTER: 'zipkin',
        OTEL_TRACES_SAMPLER: 'all',
        OTEL_TRACES_SAMPLER_ARG: '2',
        OTEL_RESOURCE_ATTRIBUTES: 'a=%zz',
        OTEL_PROPAGATORS: 'b3',
        OTEL_BSP_MAX_QUEUE_SIZE: 'many',
        TRACES_BY_CALLERS: '-1',
      }),
    ).toEqual([
      'PORT: expected a whole number from 0 to 65535, got "http"',
      'OTEL_TRACES_EXPORTER: expected otlp or none, got "zipkin"',
      'OTEL_EXPORTER_OTLP_ENDPOINT: expected an http or https URL such as http://localhost:4318, got something else',
      'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: expected http/protobuf or http/json, got "grpc"',
      'OTEL_EXPORTER_OTLP_HEADERS: expected name=value,name=value, percent-encoded, got something else',
      'OTEL_EXPORTER_OTLP_TIMEOUT: expected a whole number from 1 to 600000, got "0"',
      'OTEL_EXPORTER_OTLP_COMPRESSION: expected gzip or none, got "br"',
      'OTEL_EXPORTER_OTLP_CERTIFICATE: expected a file that exists, got "/nowhere.pem"',
      'OTEL_RESOURCE_ATTRIBUTES: expected name=value,name=value, percent-encoded, got something else',
      'OTEL_TRACES_SAMPLER: expected one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio, got "all"',
      'OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got "2"',
      'OTEL_PROPAGATORS: expected tracecontext, baggage, none, got something else',
      'OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number from 1 to 1000000, got "many"',
      'TRACES_BY_CALLERS: expected a whole number from 0 to 1000000, got "-1"',
    ]);
    expect(faultsOf({ ...endpoint, OTEL_BSP_MAX_QUEUE_SIZE: '10' })).toEqual([
      'OTEL_BSP_MAX_EXPORT_BATCH_SIZE, OTEL_BSP_MAX_QUEUE_SIZE: expected a batch that fits into the queue, got 512, 10',
    ]);
  });

  it('have keys and passwords that no message and no print shows', () => {
    const secrets = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:hidden-1@collector.test',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20hidden-2',
    };
    const tracing = tracingOf(secrets);
    expect(inspect(tracing, { depth: 9 })).not.toContain('hidden');
    expect(tracing?.receiver.headers.authorization?.reveal()).toBe('Bearer hidden-2');
    const wrong = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://user:hidden-1@collector.test',
      OTEL_EXPORTER_OTLP_HEADERS: 'hidden-2',
    };
    expect(faultsOf(wrong)).toHaveLength(2);
    expect(faultsOf(wrong).join()).not.toContain('hidden');
  });
});
