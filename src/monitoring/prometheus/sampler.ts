import type { Reader } from '../../database/reader/reader.js';
import { type Repetition, repeat } from '../observation/repeat.js';
import { createFailureCount, type DatabaseSample, sampleDatabase } from './database-sample.js';

export interface Sampler extends Repetition {
  /** The last sample; null before the first one. */
  current(): DatabaseSample | null;
  /** Age of the last sample, in seconds. */
  ageSeconds(): number | null;
  /** Whether the last attempt succeeded. */
  isUp(): boolean;
}

export interface SamplerOptions {
  readonly reader: Reader;
  readonly elapsedMs: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly pauseMs?: number;
}

const defaultPauseMs = 15_000;

/** Samples the database in the background, so that a scrape never waits for it. */
export function startSampler({ reader, elapsedMs, onFailure, pauseMs }: SamplerOptions): Sampler {
  const countFailures = createFailureCount();
  let last: { sample: DatabaseSample; atMs: number } | null = null;
  let isUp = false;
  const takeSample = async () => {
    const sample = await sampleDatabase(reader, last?.sample ?? null, countFailures);
    last = { sample, atMs: elapsedMs() };
    isUp = true;
  };
  const repetition = repeat(takeSample, pauseMs ?? defaultPauseMs, (error) => {
    isUp = false;
    onFailure(error);
  });
  return {
    ...repetition,
    current: () => last?.sample ?? null,
    ageSeconds: () => (last ? (elapsedMs() - last.atMs) / 1000 : null),
    isUp: () => isUp,
  };
}
