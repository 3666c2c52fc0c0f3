import type { TypedText } from './document.js';
import { PlatformStatsDocument } from './operations.js';
import { currentPage, type Page } from './polling/page.js';
import { Poller } from './polling/poller.js';
import type { Latest, Question } from './polling/question.js';
import type { Status } from './polling/status.js';
import type { Answer } from './transport/answer.js';
import { failureOf } from './transport/failure.js';
import { type AskOptions, createTransport } from './transport/transport.js';

export interface PollingClientOptions {
  /** Where the gateway answers, such as `/graphql` or `https://example.org/graphql`. */
  readonly url: string;
  /** Ends all polling and all requests. */
  readonly signal?: AbortSignal;
  /** How often to look at least, in milliseconds, for refreshes that nobody planned. */
  readonly maxIntervalMs?: number;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** What is hidden and shown; by default the page of the browser. */
  readonly page?: Page;
}

export interface PollingClient {
  /** Asks once. @throws RequestFailure, or the reason of the signal that ended it. */
  ask<Data, Variables extends object>(
    document: TypedText<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Answer<Data>>;
  /** A question that can be watched. */
  question<Data, Variables extends object>(
    document: TypedText<Data, Variables>,
    variables: Variables,
  ): Question<Data>;
  /** Keeps the answer up to date, and calls the listener with each new one. @returns what ends that. */
  watch<Data>(question: Question<Data>, listener?: (latest: Latest<Data>) => void): () => void;
  /** What is known of a watched question's answer; the same object until that changes. */
  latest<Data>(question: Question<Data>): Latest<Data>;
  status(): Status;
  /** Calls the listener after everything that a look brought. @returns what ends that. */
  subscribe(listener: () => void): () => void;
  /** Looks now whether the views moved. */
  look(): Promise<void>;
}

/** Longer than the gateway itself lets a question of the public run. */
const defaultTimeoutMs = 20_000;

/**
 * Asks a gateway, and asks again when there is something to fetch. It polls as long as anything is watched: at the
 * instant of the next refresh, less often after failures, and not at all while the page is hidden.
 */
export function createPollingClient({
  url,
  signal = new AbortController().signal,
  maxIntervalMs = Number.POSITIVE_INFINITY,
  timeoutMs = defaultTimeoutMs,
  fetch = (input, init) => globalThis.fetch(input, init),
  page = currentPage(),
}: PollingClientOptions): PollingClient {
  const transport = createTransport({ url, fetch, timeoutMs, signal });

  const question = <Data, Variables extends object>(
    document: TypedText<Data, Variables>,
    variables: Variables,
  ): Question<Data> => ({
    key: `${document} ${JSON.stringify(variables)}`,
    ask: () => transport.send(document, variables),
  });
  const poller = new Poller({ lead: question(PlatformStatsDocument, {}), page, maxIntervalMs, signal });

  return {
    question,
    async ask(document, variables, options) {
      try {
        return (await transport.send(document, variables, options)).answer;
      } catch (error) {
        if (signal.aborted || options?.signal?.aborted) throw error;
        throw failureOf(error);
      }
    },
    watch(question, listener = () => {}) {
      let before = poller.latest(question);
      if (before.answer || before.failure) listener(before);
      return poller.watch(question, () => {
        const now = poller.latest(question);
        if (now.answer === before.answer && now.failure === before.failure) return;
        before = now;
        listener(now);
      });
    },
    latest: (question) => poller.latest(question),
    status: poller.status,
    subscribe: poller.subscribe,
    look: () => poller.look(),
  };
}
