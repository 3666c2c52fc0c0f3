import type { Asker } from '../database/execution/asker.js';
import type { Cancellation } from '../database/resilience/cancellation.js';
import type { Source } from '../views/reading.js';
import type { Body } from './body.js';

/** What came of running a question once. */
export type Outcome<Failure> = ReadAnswer | Failed<Failure>;

export interface Failed<Failure> {
  readonly kind: 'failure';
  readonly failure: Failure;
  /** Whether the database is unavailable, so that an older answer is better than none. */
  readonly isAway: boolean;
}

export interface ReadAnswer {
  readonly kind: 'answer';
  /** The JSON text of the whole answer. */
  readonly text: string;
  /** The state of the views that was read; null when no statement said so. */
  readonly state: number | null;
  /** Whether statements saw different states, or did not all say which. */
  readonly isUncertain: boolean;
  readonly sources: ReadonlySet<Source>;
}

/** A question that everybody gets the same answer to. */
export interface Question<Failure> {
  readonly key: string;
  /** How many bytes the question keeps alive beside its key. */
  readonly retainedBytes: number;
  /** `asker` is the client that it is run for; nobody in particular unless given. */
  readonly run: (signal: Cancellation, asker?: Asker) => Promise<Outcome<Failure>>;
}

/** An answer, and the refresh that it is true for. */
export interface Answer {
  readonly body: Body;
  /** The state of the views after that refresh. */
  readonly state: number;
  readonly generation: number;
  /** The instant that all of it is true for, the oldest of its views'; RFC 3339 with microseconds. */
  readonly asOf: string;
  /** The instant of that refresh. */
  readonly refreshedAsOf: string;
  readonly sources: ReadonlySet<Source>;
}

export type Served<Failure> =
  /** `stale`: the last answer known, because the database is unavailable. */
  { readonly kind: 'hit' | 'miss' | 'stale'; readonly answer: Answer } | Failed<Failure>;

/** How a request was answered; `revalidated` when the client turned out to have the answer already. */
export type CacheResult = 'hit' | 'miss' | 'revalidated' | 'stale';
