import { randomBytes } from 'node:crypto';
import { type Context, isSpanContextValid, TraceFlags, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { SamplerConfig } from '../config/tracing/tracing-config.js';

/**
 * Decides which traces are sent. Callers may ask for it as often as `mayAsk` allows; beyond that what they say counts for
 * nothing, because strangers can say it, too.
 */
export class CallerSampler implements Sampler {
  readonly #root: Sampler;
  readonly #followsCaller: boolean;
  readonly #mayAsk: () => boolean;

  constructor({ kind, ratio, followsCaller }: SamplerConfig, mayAsk: () => boolean) {
    this.#root = rootSampler(kind, ratio);
    this.#followsCaller = followsCaller;
    this.#mayAsk = mayAsk;
  }

  shouldSample(...given: Parameters<Sampler['shouldSample']>): SamplingResult {
    const [context, , ...rest] = given;
    const parent = parentIn(context);
    if (!parent) return this.#root.shouldSample(...given);
    const { isRemote, traceFlags, traceState } = parent;
    const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
    const isDecided = !isRemote || (this.#followsCaller && (!isSampled || this.#mayAsk()));
    if (isDecided) {
      const { RECORD_AND_SAMPLED, NOT_RECORD } = SamplingDecision;
      return { decision: isSampled ? RECORD_AND_SAMPLED : NOT_RECORD, traceState };
    }
    // An id of our own: the caller may have chosen one that is always sampled.
    return { ...this.#root.shouldSample(context, randomBytes(16).toString('hex'), ...rest), traceState };
  }

  toString(): string {
    return `CallerSampler{${this.#root.toString()}}`;
  }
}

function parentIn(context: Context) {
  const parent = trace.getSpanContext(context);
  return parent && isSpanContextValid(parent) ? parent : null;
}

function rootSampler(kind: SamplerConfig['kind'], ratio: number): Sampler {
  switch (kind) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
  }
}
