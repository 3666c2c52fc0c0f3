import type { TypedDocumentNode } from '@apollo/client';
import { operationOf } from './apollo.ts';
import { type Answer, AskFailure, ask, type Freshness } from './ask.ts';

/** One question with its variables. Two with the same key are the same question. */
export interface Question<Data = unknown> {
  readonly key: string;
  readonly ask: () => Promise<Answer<Data>>;
}

/** What is known about the answer to one question. */
export interface Tile<Data = unknown> {
  readonly answer: Answer<Data> | null;
  /** Why the newest try failed; the answer, if there is one, is then an older one. */
  readonly failure: AskFailure | null;
}

/** How the board as a whole stands. */
export interface Standing {
  /** Of what is shown; null before the first answer. */
  readonly freshness: Freshness | null;
  readonly isStale: boolean;
  /** Why the gateway could not be asked last time, and since when. */
  readonly failure: AskFailure | null;
  readonly failingSince: number | null;
  /** By how much the gateway's clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs: number;
}

/** How often one small question finds out whether the views moved, in milliseconds; up to the jitter more. */
const watchMs = 1_200;
const jitterMs = 200;
/** How long after its instant a planned refresh is looked for, in milliseconds. */
const afterRefreshMs = 150;
/** How long the page has to ask something before the board asks by itself, in milliseconds. */
const firstLookMs = 100;
const maxPauseMs = 15_000;
/** Clocks are told in whole seconds, so less than this is no difference. */
const clockToleranceMs = 2_000;
/** How often all are asked again because a refresh came in between. */
const maxRounds = 3;

const unasked: Tile = { answer: null, failure: null };

export function questionOf<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Question<Data> {
  return {
    key: `${operationOf(document).name} ${JSON.stringify(variables)}`,
    ask: () => ask(document, variables),
  };
}

/**
 * Keeps what the page shows at one instant. One small question, the lead, is asked again and again, at the cost of a
 * 304; only when it tells of another refresh are the others asked, and what they answer is shown all at once.
 */
export class Board {
  readonly #lead: Question;
  readonly #watched = new Map<string, { readonly question: Question; watchers: number }>();
  readonly #tiles = new Map<string, Tile>();
  readonly #listeners = new Set<() => void>();
  #standing: Standing = {
    freshness: null,
    isStale: false,
    failure: null,
    failingSince: null,
    clockAheadMs: 0,
  };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | null = null;
  #failures = 0;
  #isRunning = false;

  constructor(lead: Question) {
    this.#lead = lead;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly standing = (): Standing => this.#standing;

  tile<Data>({ key }: Question<Data>): Tile<Data> {
    return (this.#tiles.get(key) ?? unasked) as Tile<Data>;
  }

  /** Keeps the answer to a question up to date. @returns what ends that. */
  watch(question: Question): () => void {
    const watched = this.#watched.get(question.key) ?? { question, watchers: 0 };
    watched.watchers += 1;
    this.#watched.set(question.key, watched);
    if (!this.#isCurrent(question)) void this.#askFirst(question);
    return () => {
      watched.watchers -= 1;
      if (watched.watchers === 0) this.#watched.delete(question.key);
    };
  }

  /** Looks as long as somebody looks at the page. @returns what ends that. */
  start(): () => void {
    const onVisible = () => (document.hidden ? clearTimeout(this.#timer) : void this.look());
    const onOnline = () => void this.look();
    this.#isRunning = true;
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('online', onOnline);
    // Where nothing of the page asks, the board has to by itself to know how it stands.
    this.#timer = setTimeout(() => (this.#watched.size === 0 ? void this.look() : this.#plan()), firstLookMs);
    return () => {
      this.#isRunning = false;
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('online', onOnline);
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
    const lead = await settle(this.#lead);
    if (lead.failure || !lead.answer) return this.#fail(lead);
    const isMoved = this.#hasMoved(lead.answer);
    const behind = [...this.#watched.values()]
      .map(({ question }) => question)
      .filter((question) => question.key !== this.#lead.key && (isMoved || !this.#isCurrent(question)));
    const found = await this.#askAlike(new Map([[this.#lead, lead]]), behind);
    this.#show(found);
    this.#failures = [...found.values()].some(({ failure }) => failure) ? this.#failures + 1 : 0;
  }

  /** Asks until all answers are of one refresh, or as good as that can be had. */
  async #askAlike(
    found: Map<Question, Tile>,
    open: readonly Question[],
  ): Promise<ReadonlyMap<Question, Tile>> {
    let missing = open;
    for (let round = 0; round < maxRounds; round++) {
      await Promise.all(missing.map(async (question) => found.set(question, await settle(question))));
      const newest = Math.max(...[...found.values()].map(generationOf));
      missing = [...found]
        .filter(([, tile]) => tile.answer && generationOf(tile) < newest)
        .map(([one]) => one);
      if (missing.length === 0) break;
    }
    return found;
  }

  /** The first answer to a question that came onto the page. */
  async #askFirst(question: Question): Promise<void> {
    const tile = await settle(question);
    const shown = this.#standing.freshness?.generation;
    const generation = tile.answer?.freshness?.generation;
    // What is of another refresh than the rest of the page waits until all of it can be shown.
    if (shown !== undefined && generation !== undefined && generation !== shown) await this.look();
    else if (!this.#isCurrent(question)) {
      if (shown === undefined && tile.failure) this.#stand(tile.failure);
      this.#show(new Map([[question, tile]]));
    }
  }

  #show(found: ReadonlyMap<Question, Tile>): void {
    const lead = newestOf(found.values());
    if (lead && this.#hasMoved(lead))
      for (const key of this.#tiles.keys()) if (!this.#watched.has(key)) this.#tiles.delete(key);
    for (const [{ key }, tile] of found)
      this.#tiles.set(key, tile.answer ? tile : { ...this.tile({ key } as Question), failure: tile.failure });
    if (lead) this.#standing = standingAfter(lead);
    this.#tell();
  }

  #fail({ failure }: Tile): void {
    this.#failures += 1;
    this.#stand(failure);
    for (const { question } of this.#watched.values())
      if (!this.tile(question).answer) this.#tiles.set(question.key, { answer: null, failure });
    this.#tell();
  }

  #stand(failure: AskFailure | null): void {
    this.#standing = {
      ...this.#standing,
      failure,
      failingSince: this.#standing.failingSince ?? Date.now(),
    };
  }

  #hasMoved({ freshness, isStale }: Answer<unknown>): boolean {
    const shown = this.#standing;
    return freshness?.generation !== shown.freshness?.generation || isStale !== shown.isStale;
  }

  #isCurrent(question: Question): boolean {
    const { answer, failure } = this.tile(question);
    if (!answer || failure) return false;
    return !answer.freshness || answer.freshness.generation === this.#standing.freshness?.generation;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#isRunning || document.hidden) return;
    this.#timer = setTimeout(() => void this.look(), this.#pauseMs() + Math.random() * jitterMs);
  }

  #pauseMs(): number {
    const { freshness, failure, clockAheadMs } = this.#standing;
    if (this.#failures > 0 || failure) {
      const doublings = Math.max(0, Math.min(this.#failures - 1, 8));
      const patienceMs = Math.min(maxPauseMs, watchMs * 2 ** doublings);
      return Math.max(patienceMs, failure?.retryAfterMs ?? 0);
    }
    if (!freshness?.nextRefreshAt) return watchMs;
    const leftMs = Date.parse(freshness.nextRefreshAt) - Date.now() - clockAheadMs;
    return leftMs > 0 ? Math.min(watchMs, leftMs + afterRefreshMs) : watchMs;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

async function settle(question: Question): Promise<Tile> {
  try {
    return { answer: await question.ask(), failure: null };
  } catch (error) {
    const failure = error instanceof AskFailure ? error : new AskFailure('refused', String(error));
    return { answer: null, failure };
  }
}

function newestOf(tiles: Iterable<Tile>): Answer<unknown> | null {
  let newest: Tile = unasked;
  for (const tile of tiles) if (generationOf(tile) > generationOf(newest)) newest = tile;
  return newest.answer;
}

function generationOf({ answer }: Tile): number {
  return answer?.freshness?.generation ?? Number.NEGATIVE_INFINITY;
}

function standingAfter({ freshness, isStale, gatewayTime }: Answer<unknown>): Standing {
  const aheadMs = gatewayTime === null ? 0 : gatewayTime - Date.now();
  return {
    freshness,
    isStale,
    failure: null,
    failingSince: null,
    clockAheadMs: Math.abs(aheadMs) > clockToleranceMs ? aheadMs : 0,
  };
}
