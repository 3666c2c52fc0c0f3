import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { map } from 'rxjs';

/** How fresh the numbers are, as `extensions.freshness` says it. */
export interface Freshness {
  readonly generation: number;
  readonly asOf: string;
  /** When the gateway refreshes next; null when nobody knows. */
  readonly nextRefreshAt: string | null;
}

export interface PollingClient {
  readonly client: ApolloClient;
  /** Of the newest answer; null before the first one. */
  freshness(): Freshness | null;
  /** Asks for everything on the page when there is something new. @returns what ends it. */
  start(page?: Page): () => void;
}

/** What the poller has to know of the page that it polls for. */
export interface Page {
  isHidden(): boolean;
  /** @returns what ends the listening. */
  onChange(listener: () => void): () => void;
}

/** Without a schedule there is nothing better than to ask now and then. */
const withoutScheduleMs = 5_000;
/** A refresh takes a while after its instant, and a thousand widgets need not all ask at once. */
const shortestMs = 500;
const jitterMs = 500;
const longestMs = 15_000;

/**
 * An Apollo Client whose polls cost next to nothing: queries go as GET with a hash in place of their text, so that a
 * browser keeps the answers, and `cache: 'no-cache'` makes it ask whether they still stand, which costs a 304.
 */
export function createPollingClient(
  uri: string,
  sha256: (text: string) => string | Promise<string> = digest,
  fetch = globalThis.fetch,
): PollingClient {
  let newest: Freshness | null = null;
  const askFreshness = new ApolloLink((operation, forward) => {
    operation.extensions.freshness = true;
    return forward(operation).pipe(
      map((result) => {
        const freshness = result.extensions?.freshness as Freshness | undefined;
        if (freshness) newest = freshness;
        return result;
      }),
    );
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      askFreshness,
      new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
      new HttpLink({
        uri,
        fetch,
        includeExtensions: true,
        // Without it a GET is refused, because a page elsewhere could send it, too.
        headers: { 'apollo-require-preflight': '1' },
        fetchOptions: { cache: 'no-cache' } as RequestInit,
      }),
    ]),
  });
  return {
    client,
    freshness: () => newest,
    start: (page = browserPage()) => poll(client, () => newest, page),
  };
}

/** Browsers have it on pages that came by https or from this machine; elsewhere hand over another one. */
async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function poll(client: ApolloClient, freshness: () => Freshness | null, page: Page): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let failures = 0;

  const plan = (delayMs: number) => {
    clearTimeout(timer);
    // A page that nobody looks at asks nothing; it catches up when it is looked at again.
    if (!isOver && !page.isHidden()) timer = setTimeout(ask, delayMs);
  };
  const ask = async () => {
    const before = freshness()?.generation;
    const isAnswered = await Promise.all(client.refetchQueries({ include: 'active' }).results).then(
      () => true,
      () => false,
    );
    failures = isAnswered && freshness()?.generation !== before ? 0 : failures + 1;
    plan(delayUntilNext(freshness(), failures));
  };

  const stopListening = page.onChange(() => (page.isHidden() ? clearTimeout(timer) : plan(0)));
  plan(delayUntilNext(freshness(), 0));
  return () => {
    isOver = true;
    clearTimeout(timer);
    stopListening();
  };
}

/** Until the next refresh; if it is late or did not come, a little longer each time. */
function delayUntilNext(freshness: Freshness | null, failures: number): number {
  if (!freshness) return shortestMs;
  if (freshness.nextRefreshAt === null) return withoutScheduleMs;
  const leftMs = Date.parse(freshness.nextRefreshAt) - Date.now();
  const patienceMs = Math.min(longestMs, shortestMs * 2 ** Math.min(failures, 10));
  return (leftMs > 0 ? leftMs + shortestMs : patienceMs) + Math.random() * jitterMs;
}

/** The part of a browser's document that is needed here, for compilers that do not know browsers. */
declare const document: {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
};

function browserPage(): Page {
  return {
    isHidden: () => document.hidden,
    onChange(listener) {
      document.addEventListener('visibilitychange', listener);
      return () => document.removeEventListener('visibilitychange', listener);
    },
  };
}
