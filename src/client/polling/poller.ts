import { askAlike, newestOf } from './ask-alike.js';
import type { Page } from './page.js';
import { pauseMs } from './pause.js';
import { type Attempt, attempt, generationOf, type Latest, type Question, unasked } from './question.js';
import { initialStatus, type Status, statusAfter, statusFailing } from './status.js';

export interface PollerOptions {
  /** The question that finds out whether the views moved. */
  readonly lead: Question;
  readonly page: Page;
  readonly maxIntervalMs: number;
  /** Ends the polling. */
  readonly signal: AbortSignal;
}

const jitterMs = 200;
/** How long the page has to ask something before the lead is asked by itself, in milliseconds. */
const firstLookMs = 100;

/**
 * Holds what a page shows at one instant, for as long as anything of it is watched. One small question, the lead, is
 * asked when a refresh is due, at the cost of a 304 while nothing moved; only when it tells of another refresh are the
 * watched questions asked, and what they answer is shown all at once.
 */
export class Poller {
  readonly #options: PollerOptions;
  readonly #watched = new Map<string, { readonly question: Question; watchers: number }>();
  readonly #latest = new Map<string, Latest>();
  readonly #listeners = new Set<() => void>();
  #status = initialStatus;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | null = null;
  #failures = 0;
  #lateLooks = 0;
  #stopListening: (() => void) | null = null;

  constructor(options: PollerOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#stop(), { once: true });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    // Each its own, so that the same function may listen twice.
    const own = () => listener();
    this.#listeners.add(own);
    this.#start();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  readonly status = (): Status => this.#status;

  latest<Data>({ key }: Question<Data>): Latest<Data> {
    return (this.#latest.get(key) ?? unasked) as Latest<Data>;
  }

  /** Keeps the answer to a question up to date. @returns what ends that. */
  watch(question: Question, listener: () => void): () => void {
    const watched = this.#watched.get(question.key) ?? { question, watchers: 0 };
    watched.watchers += 1;
    this.#watched.set(question.key, watched);
    const unsubscribe = this.subscribe(listener);
    // A page that nobody looks at asks when it is looked at.
    if (watched.watchers === 1 && this.#isActive() && !this.#isCurrent(question))
      void this.#askFirst(question);
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      watched.watchers -= 1;
      if (watched.watchers === 0) this.#watched.delete(question.key);
      unsubscribe();
    };
  }

  /** Finds out whether the views moved, and shows all of it if they did. */
  look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
      this.#plan();
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { lead } = this.#options;
    const found = await attempt(lead);
    if (this.#hasEnded()) return;
    if (!found.answer) return this.#fail(found);
    const hasMoved = this.#hasMoved(found);
    this.#lateLooks = hasMoved ? 0 : this.#lateLooks + Number(this.#isDue());
    const behind = [...this.#watched.values()]
      .map(({ question }) => question)
      .filter((question) => question.key !== lead.key && (hasMoved || !this.#isCurrent(question)));
    const all = await askAlike(new Map([[lead, found]]), behind);
    if (this.#hasEnded()) return;
    this.#show(all);
    this.#failures = [...all.values()].some(({ failure }) => failure) ? this.#failures + 1 : 0;
  }

  /** The first answer to a question that came onto the page. */
  async #askFirst(question: Question): Promise<void> {
    const found = await attempt(question);
    if (this.#hasEnded()) return;
    const shown = this.#status.freshness?.generation;
    const generation = found.answer?.freshness?.generation;
    // What is of another refresh than the rest of the page waits until all of it can be shown.
    if (shown !== undefined && generation !== undefined && generation !== shown) await this.look();
    else if (!this.#isCurrent(question)) {
      if (shown === undefined && found.failure)
        this.#status = statusFailing(this.#status, found.failure, Date.now());
      this.#show(new Map([[question, found]]));
      if (!this.#looking) this.#plan();
    }
  }

  #show(found: ReadonlyMap<Question, Attempt>): void {
    const newest = newestOf(found.values());
    if (newest && this.#hasMoved(newest))
      for (const key of this.#latest.keys()) if (!this.#watched.has(key)) this.#latest.delete(key);
    for (const [question, { answer, failure }] of found) {
      const before = this.latest(question);
      const now = { answer: answer ?? before.answer, failure };
      if (now.answer !== before.answer || failure !== before.failure) this.#latest.set(question.key, now);
    }
    if (newest) this.#status = statusAfter(newest, Date.now());
    this.#tell();
  }

  #fail({ failure }: Attempt): void {
    this.#failures += 1;
    this.#status = statusFailing(this.#status, failure, Date.now());
    for (const { question } of this.#watched.values())
      if (!this.latest(question).answer) this.#latest.set(question.key, { answer: null, failure });
    this.#tell();
  }

  #hasMoved({ answer }: Attempt): boolean {
    const { freshness, isStale } = this.#status;
    return answer?.freshness?.generation !== freshness?.generation || answer?.isStale !== isStale;
  }

  #isCurrent(question: Question): boolean {
    const latest = this.latest(question);
    if (!latest.answer || latest.failure) return false;
    return !latest.answer.freshness || generationOf(latest) === this.#status.freshness?.generation;
  }

  #isDue(): boolean {
    const { freshness, clockAheadMs } = this.#status;
    return Date.parse(freshness?.nextRefreshAt ?? '') <= Date.now() + clockAheadMs;
  }

  /** Then questions that were on their way have failed, which says nothing of the gateway. */
  #hasEnded(): boolean {
    return this.#options.signal.aborted;
  }

  #isActive(): boolean {
    return this.#stopListening !== null && !this.#options.page.isHidden();
  }

  #start(): void {
    const { page, signal } = this.#options;
    if (this.#stopListening || signal.aborted) return;
    this.#stopListening = page.onChange(() =>
      page.isHidden() ? clearTimeout(this.#timer) : void this.look(),
    );
    if (page.isHidden()) return;
    // Where nothing of the page asks, the lead has to, to know how it stands.
    this.#timer = setTimeout(() => (this.#watched.size === 0 ? void this.look() : this.#plan()), firstLookMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#stopListening?.();
    this.#stopListening = null;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#isActive()) return;
    const { freshness, failure, clockAheadMs } = this.#status;
    const delayMs = pauseMs({
      freshness,
      failures: failure ? Math.max(this.#failures, 1) : this.#failures,
      retryAfterMs: failure?.retryAfterMs ?? 0,
      lateLooks: this.#lateLooks,
      nowMs: Date.now() + clockAheadMs,
      maxIntervalMs: this.#options.maxIntervalMs,
    });
    this.#timer = setTimeout(() => void this.look(), delayMs + Math.random() * jitterMs);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
