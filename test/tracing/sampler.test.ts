import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import type { SamplerConfig } from '../../src/config/tracing/tracing-config.js';
import { createCallerBudget } from '../../src/tracing/caller-budget.js';
import { CallerSampler } from '../../src/tracing/sampler.js';

const always = () => true;
const never = () => false;
const newId = () => randomBytes(16).toString('hex');
const lowId = '0'.repeat(31).concat('1');

function isSampled(
  config: Partial<SamplerConfig>,
  mayAsk: () => boolean,
  parent?: { isSampled: boolean; isRemote: boolean },
  traceId = newId(),
): boolean {
  const sampler = new CallerSampler({ kind: 'always_off', ratio: 1, followsCaller: true, ...config }, mayAsk);
  const context = parent
    ? trace.setSpanContext(ROOT_CONTEXT, {
        traceId,
        spanId: 'b7ad6b7169203331',
        isRemote: parent.isRemote,
        traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      })
    : ROOT_CONTEXT;
  const { decision } = sampler.shouldSample(context, traceId, 'POST', SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

const callerWants = { isSampled: true, isRemote: true };
const callerWantsNot = { isSampled: false, isRemote: true };
const wanted = { isSampled: true, isRemote: false };
const unwanted = { isSampled: false, isRemote: false };

describe('The sampler', () => {
  it('does what it is told for a trace that begins here', () => {
    expect(isSampled({ kind: 'always_on' }, never)).toBe(true);
    expect(isSampled({ kind: 'always_off' }, always)).toBe(false);
    expect(isSampled({ kind: 'traceidratio', ratio: 1 }, never)).toBe(true);
    expect(isSampled({ kind: 'traceidratio', ratio: 0 }, always)).toBe(false);
  });

  it('traces all of a trace, or nothing', () => {
    expect(isSampled({ kind: 'always_off' }, never, wanted)).toBe(true);
    expect(isSampled({ kind: 'always_on' }, always, unwanted)).toBe(false);
  });

  it('does what a caller wants who may ask', () => {
    expect(isSampled({ kind: 'always_off' }, always, callerWants)).toBe(true);
    expect(isSampled({ kind: 'always_on' }, always, callerWantsNot)).toBe(false);
  });

  it('does what it is told where a caller has asked too often, or is not to decide', () => {
    for (const config of [{}, { followsCaller: false }])
      for (const [kind, outcome] of [
        ['always_off', false],
        ['always_on', true],
      ] as const)
        expect(isSampled({ kind, ...config }, never, callerWants)).toBe(outcome);
    expect(isSampled({ kind: 'always_on', followsCaller: false }, always, callerWantsNot)).toBe(true);
  });

  it('is not deceived by an id that was chosen to be sampled', () => {
    const config = { kind: 'traceidratio', ratio: 1e-9 } as const;
    expect(isSampled(config, never, undefined, lowId)).toBe(true);
    expect(isSampled(config, never, callerWants, lowId)).toBe(false);
    expect(isSampled({ ...config, followsCaller: false }, always, callerWants, lowId)).toBe(false);
  });
});

describe('The budget of callers', () => {
  it('is as much as one second brings, and comes back with time', () => {
    let nowMs = 0;
    const mayAsk = createCallerBudget(3, () => nowMs);
    const ask = (times: number) => Array.from({ length: times }, mayAsk).filter(Boolean).length;
    expect(ask(5)).toBe(3);
    nowMs += 334;
    expect(ask(5)).toBe(1);
    nowMs += 60_000;
    expect(ask(50)).toBe(3);
  });

  it('is nothing where it is 0', () => {
    let nowMs = 0;
    const mayAsk = createCallerBudget(0, () => nowMs);
    expect(mayAsk()).toBe(false);
    nowMs += 60_000;
    expect(mayAsk()).toBe(false);
  });
});
