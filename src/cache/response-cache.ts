import { LRUCache } from 'lru-cache';
import { GatewayError } from '../errors.js';
import type { ViewName } from '../views/catalogue.js';
import type { Generation } from '../views/freshness.js';
import { type Body, createBody } from './body.js';
import { type Known, learn, stillStands } from './knowledge.js';

/** What came of running a question once. */
export type Outcome<Failure> = ReadAnswer | Failed<Failure>;

export interface Failed<Failure> {
  readonly kind: 'failure';
  readonly failure: Failure;
  /** Whether it failed because the database is away, so that an older answer is better than none. */
  readonly isAway: boolean;
}

export interface ReadAnswer {
  readonly kind: 'answer';
  /** The JSON text of the whole answer. */
  readonly text: string;
  /** The refresh that was read; null when no statement said so. */
  readonly generation: number | null;
  /** Whether statements saw different refreshes, or did not all say which. */
  readonly isUncertain: boolean;
  readonly views: ReadonlySet<ViewName>;
}

/** A question that everybody gets the same answer to. */
export interface Question<Failure> {
  readonly key: string;
  readonly run: () => Promise<Outcome<Failure>>;
}

/** An answer, and the refresh that it is true for. */
export interface Answer {
  readonly body: Body;
  readonly generation: number;
  /** RFC 3339 with microseconds. */
  readonly asOf: string;
}

export type Served<Failure> =
  /** `stale`: the database is away, and this was true when it was last heard of. */
  { readonly kind: 'hit' | 'miss' | 'stale'; readonly answer: Answer } | Failed<Failure>;

/** How a request was answered; `revalidated` when the client turned out to have the answer already. */
export type CacheResult = 'hit' | 'miss' | 'revalidated' | 'stale';

export interface CacheStats {
  /** Requests by how they were answered; each counts once. */
  readonly hits: number;
  readonly misses: number;
  readonly revalidated: number;
  readonly stale: number;
  readonly evictions: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface ResponseCacheOptions {
  /** The bound of everything that is kept, in bytes; 0 keeps nothing and joins nobody. */
  readonly maxBytes: number;
  /** How long ago the ledger was last seen, in milliseconds; 0 where nobody else can move the views. */
  readonly silentMs: () => number;
  /** Until when, in that silence, what is known counts as the newest. */
  readonly confirmedForMs?: number;
  /** Until when the last answers are still shown, marked as stale. */
  readonly staleLimitMs: number;
  /** Looks at the ledger; what it finds has been told when it settles. */
  readonly look: () => Promise<void>;
  /** How many questions are asked again for a new refresh before it is shown, and for how long, in milliseconds. */
  readonly warm?: { readonly questions: number; readonly limitMs: number };
}

export interface ResponseCache<Failure> {
  /** The answer if it is kept and stands; it costs a look into a map. */
  peek(key: string): Answer | null;
  /** The answer, kept or run for; whoever asks the same meanwhile joins. */
  ask(question: Question<Failure>): Promise<Served<Failure>>;
  /** Tells of a refresh; settles when it is the one that is shown. */
  flip(generation: Generation): Promise<void>;
  /** Settles when no newer refresh is known than the one that is shown. */
  settled(): Promise<void>;
  /** The refresh that is shown; null before the first one. */
  known(): Known | null;
  /** To be called once for each request that was answered. */
  count(result: CacheResult): void;
  stats(): CacheStats;
}

interface Stored extends Answer {
  readonly views: ReadonlySet<ViewName>;
}

interface Slot<Failure> {
  readonly question: Question<Failure>;
  readonly answer: Stored;
  /** How often it was asked for since it became one of the kept, halved at each refresh. */
  readonly asked: { count: number };
}

const attempts = 5;
const warmedAtOnce = 4;

/**
 * Keeps answers as the bytes that they are sent as, and shows them until the views that they were made of move. It
 * never shows anything older than a refresh that it has been told of or has itself read from: where an execution sees
 * a newer one than is known, that one is shown from then on, to everybody.
 */
export function createResponseCache<Failure>(options: ResponseCacheOptions): ResponseCache<Failure> {
  const { maxBytes, confirmedForMs = 5_000, warm = { questions: 50, limitMs: 300 } } = options;
  const counts = { hit: 0, miss: 0, revalidated: 0, stale: 0 };
  let evictions = 0;
  let shown: Known | null = null;
  let latest: Known | null = null;
  let flipping: Promise<void> | null = null;
  /** Answers for the refresh that is about to be shown. */
  const prepared = new Map<string, Stored>();
  const running = new Map<string, Promise<Served<Failure>>>();
  const slots = new LRUCache<string, Slot<Failure>>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: sizeOf,
    dispose: (_slot, _key, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });

  const isConfirmed = () => options.silentMs() <= confirmedForMs;
  /** True for the refresh that is shown, and said of it. */
  const standing = (slot: Slot<Failure> | undefined): Answer | null =>
    slot && shown && stillStands(slot.answer, shown) ? asOfNow(slot.answer, shown) : null;

  const keep = (question: Question<Failure>, answer: Stored) => {
    if (maxBytes > 0)
      slots.set(question.key, {
        question,
        answer,
        asked: slots.peek(question.key)?.asked ?? { count: 1 },
      });
  };

  const show = (known: Known) => {
    if (shown && shown.generation >= known.generation) return;
    shown = known;
    for (const [key, answer] of prepared) {
      const slot = slots.peek(key);
      if (slot && answer.generation === known.generation) keep(slot.question, answer);
    }
    prepared.clear();
  };

  /** An older refresh than before is another database, or the same one restored: nothing that was kept is true of it. */
  const startOver = () => {
    shown = null;
    latest = null;
    prepared.clear();
    slots.clear();
  };

  /** Runs a question until everything that it read is of one refresh, which is known. */
  const readConsistently = async (question: Question<Failure>): Promise<Stored | Failed<Failure>> => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = latest;
      const outcome = await question.run();
      if (outcome.kind === 'failure') return outcome;
      if (outcome.isUncertain || (outcome.generation ?? 0) > (latest?.generation ?? 0)) await options.look();
      const now = latest as Known | null;
      if (!now) break;
      const generation = outcome.generation ?? now.generation;
      // What did not say which refresh it saw saw the one that was the newest before and is so afterwards.
      const isCertain = !outcome.isUncertain || before?.generation === now.generation;
      const isShowable = generation === now.generation || generation === shown?.generation;
      if (isCertain && isShowable)
        return {
          body: createBody(outcome.text),
          generation,
          asOf: (generation === now.generation ? now : (shown as Known)).asOf,
          views: outcome.views,
        };
    }
    throw new GatewayError('UNAVAILABLE', 'The views moved while they were read; try again shortly.');
  };

  const run = async (question: Question<Failure>): Promise<Served<Failure>> => {
    const read = await readConsistently(question);
    if ('kind' in read) {
      const slot = read.isAway && options.silentMs() <= options.staleLimitMs && slots.get(question.key);
      return slot ? { kind: 'stale', answer: slot.answer } : read;
    }
    if (latest && read.generation > (shown?.generation ?? 0)) show(latest);
    keep(question, read);
    return { kind: 'miss', answer: read };
  };

  const joined = (question: Question<Failure>): Promise<Served<Failure>> => {
    if (maxBytes === 0) return run(question);
    let promise = running.get(question.key);
    if (!promise) {
      promise = run(question).finally(() => running.delete(question.key));
      running.set(question.key, promise);
    }
    return promise;
  };

  /** Asks the most popular questions for a refresh that is not shown yet. */
  const warmUp = async (target: Known) => {
    const hot = [...slots.values()]
      .filter((slot) => !stillStands(slot.answer, target))
      .sort((one, other) => other.asked.count - one.asked.count)
      .slice(0, warm.questions);
    for (const slot of slots.values()) slot.asked.count = Math.floor(slot.asked.count / 2);
    const deadline = performance.now() + warm.limitMs;
    const worker = async () => {
      for (let slot = hot.shift(); slot && performance.now() < deadline; slot = hot.shift()) {
        const stored = await readConsistently(slot.question).catch(() => null);
        if (stored === null || 'kind' in stored) continue;
        if (stored.generation === shown?.generation) keep(slot.question, stored);
        else if (stored.generation === latest?.generation) prepared.set(slot.question.key, stored);
      }
    };
    const done = Promise.all(Array.from({ length: warmedAtOnce }, worker));
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, warm.limitMs).unref())]);
  };

  /** Shows the newest refresh, once what is asked for most has been asked for it. */
  const catchUp = (): Promise<void> => {
    flipping ??= (async () => {
      while (latest && latest.generation !== shown?.generation) {
        const target: Known = latest;
        if (shown && maxBytes > 0) await warmUp(target);
        if (latest && target.generation <= latest.generation) show(target);
      }
    })().finally(() => {
      flipping = null;
      // One that was told of at the very end must not be left waiting for the next.
      if (latest?.generation !== shown?.generation) return catchUp();
    });
    return flipping;
  };

  return {
    peek(key) {
      const slot = slots.get(key);
      if (!slot || !isConfirmed()) return null;
      slot.asked.count += 1;
      return standing(slot);
    },
    async ask(question) {
      const slot = slots.get(question.key);
      if (slot) {
        slot.asked.count += 1;
        const answer = standing(slot);
        if (answer && isConfirmed()) return { kind: 'hit', answer };
        // Nobody waits for a database that has been away for seconds; it is looked for elsewhere.
        const silentMs = options.silentMs();
        if (silentMs > confirmedForMs && silentMs <= options.staleLimitMs)
          return { kind: 'stale', answer: answer ?? slot.answer };
      }
      return joined(question);
    },
    flip(generation) {
      if (latest && generation.generation < latest.generation) startOver();
      if (generation.generation !== latest?.generation) latest = learn(latest, generation);
      return catchUp();
    },
    settled: () => flipping ?? Promise.resolve(),
    known: () => shown,
    count(result) {
      counts[result] += 1;
    },
    stats: () => ({
      hits: counts.hit,
      misses: counts.miss,
      revalidated: counts.revalidated,
      stale: counts.stale,
      evictions,
      entries: slots.size,
      bytes: slots.calculatedSize,
    }),
  };
}

/** An answer stands for a later refresh when that one left its views alone. */
function asOfNow(answer: Stored, { generation, asOf }: Known): Answer {
  return answer.generation === generation ? answer : { body: answer.body, generation, asOf };
}

function sizeOf<Failure>({ question, answer }: Slot<Failure>): number {
  // A text takes up to two bytes a character and is kept twice; what compressing adds comes to less than the body.
  return 500 + question.key.length * 4 + answer.body.length * 2;
}
