import { LRUCache } from 'lru-cache';
import type { Asker } from '../database/execution/asker.js';
import { type Cancellation, CancellationSource } from '../database/resilience/cancellation.js';
import { GatewayError } from '../errors.js';
import { textBytes } from '../memory.js';
import type { Generation } from '../views/freshness.js';
import { createBody } from './body.js';
import type { Answer, CacheResult, Failed, Question, Served } from './question.js';
import type { ShownElsewhere } from './shown-elsewhere.js';
import { createSingleFlight, type OnDisconnect } from './single-flight.js';
import { isCurrent, oldestAsOf, type ViewVersions, versionsAfter } from './view-versions.js';

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
  /** The bound of all cached answers, in bytes; 0 disables caching and the sharing of executions. */
  readonly maxBytes: number;
  /** How long ago the ledger was last seen, in milliseconds; 0 where nobody else can move the views. */
  readonly silentMs: () => number;
  /** How old the ledger's last reading may be for the shown refresh to count as the current one. */
  readonly confirmedForMs?: number;
  /** Until when the last answers are still shown, marked as stale. */
  readonly staleLimitMs: number;
  /** How long an answer may take, in milliseconds; for ever unless said. */
  readonly runLimitMs?: number;
  /** Whether what is read may come from a replica, which does not show whether it is the newest. */
  readonly readsReplicas?: boolean;
  /** Looks at the ledger; what it finds has been told when it settles. */
  readonly look: () => Promise<void>;
  /** What other processes on the same port have shown; nothing unless set. */
  readonly elsewhere?: ShownElsewhere;
  /** How many questions are asked again for a new refresh before it is shown, and for how long, in milliseconds. */
  readonly warm?: { readonly questions: number; readonly limitMs: number };
}

export interface ResponseCache<Failure> {
  /** The cached answer if it is current; counts as a request for it. Costs one map look-up. */
  peek(key: string): Answer | null;
  /** The cached answer, or a run that identical requests join; cancelled when all have disconnected. */
  ask(
    question: Question<Failure>,
    onDisconnect?: OnDisconnect,
    client?: string | null,
  ): Promise<Served<Failure>>;
  /** Whether a question is being run, so that asking it costs nothing more. */
  isRunning(key: string): boolean;
  /** Whether its answer is kept or being made. */
  isReady(key: string): boolean;
  /** Tells of a refresh; settles when it is the one that is shown. */
  showGeneration(generation: Generation): Promise<void>;
  /**
   * Looks at the ledger, and settles when what it says is shown or cannot be.
   * @returns the newest generation; null when the ledger could not be read
   */
  confirm(): Promise<number | null>;
  /** Settles when no newer refresh is known than the one that is shown. */
  settled(): Promise<void>;
  /** The refresh that is shown; null before the first one. */
  known(): ViewVersions | null;
  /** To be called once for each request that was answered. */
  count(result: CacheResult): void;
  stats(): CacheStats;
}

interface Slot<Failure> {
  readonly question: Question<Failure>;
  readonly answer: Answer;
  /** How often it was asked for since it became one of the kept, halved at each refresh. */
  readonly asked: { count: number };
}

const attempts = 5;
const warmedAtOnce = 4;
const never = new CancellationSource();

/**
 * Keeps answers as the bytes that they are sent as, and shows them until the views that they were made of move. It
 * never shows anything older than a refresh that it has been told of or has itself read from: where an execution sees
 * a newer one than is known, that one is shown from then on, to everybody.
 */
export function createResponseCache<Failure>(options: ResponseCacheOptions): ResponseCache<Failure> {
  const { maxBytes, confirmedForMs = 5_000, warm = { questions: 50, limitMs: 300 }, elsewhere } = options;
  const counts = { hit: 0, miss: 0, revalidated: 0, stale: 0 };
  let evictions = 0;
  let shown: ViewVersions | null = null;
  let latest: ViewVersions | null = null;
  /** Changes when the database was replaced or restored. */
  let history = Symbol();
  let showing: Promise<void> | null = null;
  /** A refresh that no warm-up query could read. */
  let unreadable: ViewVersions | null = null;
  /** Answers for the refresh that is about to be shown. */
  const prepared = new Map<string, Answer>();
  const flights = createSingleFlight<Served<Failure>>(options.runLimitMs ?? 2_147_483_647);
  const slots = new LRUCache<string, Slot<Failure>>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: sizeOf,
    dispose: (_slot, _key, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });

  const isKnown = (state: number | null) =>
    state === null || state === latest?.state || state === shown?.state;
  /** Whether a client may have seen a newer refresh than the shown one, from another process. */
  const isBehind = () => elsewhere?.isNewer(shown?.generation, latest?.generation) ?? false;
  /** Whether what is shown can be said to be the newest. */
  const isConfirmed = () =>
    options.silentMs() <= confirmedForMs &&
    (showing !== null || latest?.state === shown?.state) &&
    !isBehind();
  /** Its answer if current, dated by the shown refresh. */
  const standing = (slot: Slot<Failure> | undefined): Answer | null =>
    slot && shown && isCurrent(slot.answer, shown) ? asOfNow(slot.answer, shown) : null;

  const keep = (question: Question<Failure>, answer: Answer) => {
    if (maxBytes > 0)
      slots.set(question.key, {
        question,
        answer,
        asked: slots.peek(question.key)?.asked ?? { count: 1 },
      });
  };

  const show = (known: ViewVersions) => {
    if (shown && shown.generation >= known.generation) return;
    elsewhere?.show(known.generation);
    shown = known;
    for (const [key, answer] of prepared) {
      const slot = slots.peek(key);
      if (slot && answer.state === known.state) keep(slot.question, answer);
    }
    prepared.clear();
    // Delete outdated answers that are rarely requested: they cannot be served, and would occupy memory until
    // evicted.
    const forgotten = [...slots].filter(
      ([, { answer, asked }]) => asked.count === 0 && !isCurrent(answer, known),
    );
    for (const [key] of forgotten) slots.delete(key);
  };

  /** Another database, or the same one restored: nothing that was kept is true of it. */
  const startOver = () => {
    history = Symbol();
    shown = null;
    latest = null;
    prepared.clear();
    slots.clear();
  };

  /** Runs a question until everything that it read is of one refresh, which is known. */
  const readConsistently = async (
    question: Question<Failure>,
    signal: Cancellation,
    asker?: Asker,
  ): Promise<Answer | Failed<Failure>> => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = latest;
      const outcome = await question.run(signal, asker);
      if (outcome.kind === 'failure') return outcome;
      if (isBehind() || outcome.isUncertain || !isKnown(outcome.state)) await options.look();
      const now = latest as ViewVersions | null;
      // No refresh has been heard of yet, so that nothing can be said of one.
      if (!now) throw new GatewayError('UNAVAILABLE');
      const state = outcome.state ?? now.state;
      // A run that reports no state saw the newest one, if that is the same before and after.
      const isCertain = !outcome.isUncertain || before?.state === now.state;
      const seen = state === now.state ? now : state === shown?.state ? shown : null;
      // A run that began before another process showed the next refresh comes too late.
      if (isCertain && seen && !elsewhere?.isNewer(seen.generation, now.generation))
        return {
          body: createBody(outcome.text),
          generation: seen.generation,
          state,
          asOf: oldestAsOf(seen, outcome.sources),
          refreshedAsOf: seen.asOf,
          sources: outcome.sources,
        };
    }
    throw new GatewayError('UNAVAILABLE', 'The views moved while they were read; try again shortly.');
  };

  const run = async (
    question: Question<Failure>,
    signal: Cancellation,
    asker: Asker,
  ): Promise<Served<Failure>> => {
    const read = await readConsistently(question, signal, asker);
    if ('kind' in read) {
      const isBearable = read.isAway && options.silentMs() <= options.staleLimitMs && !isBehind();
      const answer = isBearable ? standing(slots.get(question.key)) : null;
      return answer ? { kind: 'stale', answer } : read;
    }
    if (latest && read.state === latest.state) show(latest);
    keep(question, read);
    const isUnconfirmed = options.readsReplicas === true && options.silentMs() > confirmedForMs;
    return { kind: isUnconfirmed ? 'stale' : 'miss', answer: read };
  };

  const joined = (
    question: Question<Failure>,
    onDisconnect: OnDisconnect | undefined,
    client: string | null,
  ) =>
    flights.join(
      maxBytes === 0 ? null : question.key,
      (signal, asker) => run(question, signal, asker),
      onDisconnect,
      client,
    );

  /** Asks the most popular questions for a refresh that is not shown yet; false when nothing could be read. */
  const warmUp = async (target: ViewVersions): Promise<boolean> => {
    const hot = [...slots.values()]
      .filter((slot) => !isCurrent(slot.answer, target))
      .sort((one, other) => other.asked.count - one.asked.count)
      .slice(0, warm.questions);
    for (const slot of slots.values()) slot.asked.count = Math.floor(slot.asked.count / 2);
    const deadline = performance.now() + warm.limitMs;
    let read = 0;
    let away = 0;
    const worker = async () => {
      for (let slot = hot.shift(); slot && performance.now() < deadline; slot = hot.shift()) {
        const stored = await readConsistently(slot.question, never).catch(() => null);
        if (stored === null || 'kind' in stored) {
          if (stored?.isAway) away += 1;
          continue;
        }
        read += 1;
        if (stored.state === shown?.state) keep(slot.question, stored);
        else if (stored.state === latest?.state) prepared.set(slot.question.key, stored);
      }
    };
    const done = Promise.all(Array.from({ length: warmedAtOnce }, worker));
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, warm.limitMs).unref())]);
    return away === 0 || read > 0;
  };

  /**
   * Shows the newest refresh, once what is asked for most has been asked for it. If the database has gone meanwhile,
   * the one before stays, because its answers can be shown as stale and for the new one there are none.
   */
  const catchUp = (): Promise<void> => {
    showing ??= (async () => {
      while (latest && latest.state !== shown?.state) {
        const target: ViewVersions = latest;
        const before = history;
        if (shown && maxBytes > 0 && !(await warmUp(target)) && latest === target) {
          unreadable = target;
          return;
        }
        if (history === before) show(target);
      }
    })().finally(() => {
      showing = null;
      // One that was told of at the very end must not be left waiting for the next.
      if (latest?.state !== shown?.state && latest !== unreadable) return catchUp();
    });
    return showing;
  };

  return {
    peek(key) {
      const slot = slots.get(key);
      if (!slot || !isConfirmed()) return null;
      const answer = standing(slot);
      if (answer) slot.asked.count += 1;
      return answer;
    },
    async ask(question, onDisconnect, client = null) {
      const slot = slots.get(question.key);
      if (slot) {
        slot.asked.count += 1;
        const answer = standing(slot);
        if (answer && isConfirmed()) return { kind: 'hit', answer };
        // Do not wait for a database that has been unavailable for seconds; serve the stale answer. Answers
        // that are older than the shown refresh are not served, so that numbers never go back.
        const silentMs = options.silentMs();
        if (answer && silentMs > confirmedForMs && silentMs <= options.staleLimitMs && !isBehind())
          return { kind: 'stale', answer };
      }
      return joined(question, onDisconnect, client);
    },
    isRunning: (key) => flights.has(key),
    isReady: (key) => flights.has(key) || (isConfirmed() && standing(slots.peek(key)) !== null),
    showGeneration(generation) {
      if (generation.state === latest?.state) return catchUp();
      if (latest && generation.generation <= latest.generation) startOver();
      latest = versionsAfter(latest, generation);
      return catchUp();
    },
    async confirm() {
      const askedAt = performance.now();
      await options.look();
      await showing;
      const isRead = options.silentMs() <= performance.now() - askedAt;
      return isRead ? (latest?.generation ?? null) : null;
    },
    settled: () => showing ?? Promise.resolve(),
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
function asOfNow(answer: Answer, versions: ViewVersions): Answer {
  const { generation, state } = versions;
  if (answer.state === state) return answer;
  return {
    body: answer.body,
    generation,
    state,
    asOf: oldestAsOf(versions, answer.sources),
    refreshedAsOf: versions.asOf,
    sources: answer.sources,
  };
}

/** What an entry takes beside its texts and bytes: objects, closures, buffers, its place in the cache. */
const entryBytes = 2_000;

function sizeOf<Failure>({ question, answer }: Slot<Failure>): number {
  // The compressed forms of a body together take less than the body.
  return entryBytes + textBytes(question.key) + question.retainedBytes + answer.body.length * 2;
}
