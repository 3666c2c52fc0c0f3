/** How fresh an answer is, as `extensions.freshness` says it. */
export interface Freshness {
  readonly generation: number;
  /** The instant that all numbers of all views hold for. */
  readonly asOf: string;
  /** When the gateway refreshes next; null without a schedule. */
  readonly nextRefreshAt: string | null;
}

export interface Answer<Data> {
  readonly data: Data;
  /** Null for what does not come from the views. */
  readonly freshness: Freshness | null;
  /** Whether the database is away, and this is what was true when it was last heard of. */
  readonly isStale: boolean;
  /** What the gateway's clock said, in milliseconds since 1970; null when it did not say. */
  readonly gatewayTime: number | null;
}

/** Why there is no answer: nobody answered, the gateway cannot serve, it asks for patience, or it refused. */
export type FailureKind = 'unreachable' | 'unavailable' | 'limited' | 'unauthenticated' | 'refused';

export class AskFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly requestId: string | null = null,
    /** How long the gateway asks to be left alone, in milliseconds. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

/** Relative to the page, so that it is found below whatever path a proxy puts the gateway. */
const endpoint = 'graphql';
/** Longer than the gateway itself lets a question of the public run. */
const patienceMs = 20_000;

/**
 * Asks by GET and hash, so that the browser keeps the answer; `no-cache` makes it ask with the answer's `ETag` whether
 * it still stands, which costs a 304 as long as nothing moved.
 * @throws AskFailure
 */
export async function ask<Data, Variables>(
  document: AskedDocument<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const extensions = { persistedQuery: { version: 1, sha256Hash: document.hash }, freshness: true };
  const parameters = new URLSearchParams({
    operationName: document.name,
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(extensions),
  });
  const response = await send(`${endpoint}?${parameters}`, {
    // Without it a GET is refused, because a page elsewhere could send it, too.
    headers: { accept: 'application/json', 'apollo-require-preflight': '1' },
    cache: 'no-cache',
  });
  const body = await read<Data>(response);
  if (!isUnknownHash(body)) return answerOf(body, response);
  const brought = await post({ query: document.text, operationName: document.name, variables, extensions });
  return answerOf(await read<Data>(brought), brought);
}

/**
 * Asks for what only operators may see, which nobody keeps.
 * @throws AskFailure
 */
export async function askAsOperator<Data, Variables>(
  document: AskedDocument<Data, Variables>,
  variables: Variables,
  key: string,
): Promise<Data> {
  const question = { query: document.text, operationName: document.name, variables };
  const response = await post(question, { authorization: `Bearer ${key}` });
  return answerOf(await read<Data>(response), response).data;
}

function post(question: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return send(endpoint, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(question),
    cache: 'no-store',
  });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
    throw new AskFailure(
      'unreachable',
      isSlow ? 'The gateway takes too long to answer.' : 'The gateway cannot be reached.',
    );
  }
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
  readonly extensions?: { readonly freshness?: Freshness; readonly stale?: boolean };
}

async function read<Data>(response: Response): Promise<Body<Data>> {
  try {
    return (await response.json()) as Body<Data>;
  } catch {
    const message = `Expected an answer in JSON, got status ${response.status}.`;
    throw new AskFailure(response.status >= 500 ? 'unavailable' : 'refused', message);
  }
}

function isUnknownHash({ errors }: Body<unknown>): boolean {
  return errors?.[0]?.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND';
}

function answerOf<Data>({ data, errors, extensions }: Body<Data>, response: Response): Answer<Data> {
  const error = errors?.[0];
  if (error || !data) {
    const { code, requestId } = error?.extensions ?? {};
    throw new AskFailure(
      kindOf(code, response.status),
      error?.message ?? 'The answer is empty.',
      requestId ?? response.headers.get('x-request-id'),
      Number(response.headers.get('retry-after') ?? 0) * 1000,
    );
  }
  const said = Date.parse(response.headers.get('date') ?? '');
  return {
    data,
    freshness: extensions?.freshness ?? null,
    isStale: extensions?.stale === true,
    gatewayTime: Number.isNaN(said) ? null : said,
  };
}

function kindOf(code: string | undefined, status: number): FailureKind {
  if (code === 'UNAUTHENTICATED' || status === 401) return 'unauthenticated';
  if (code === 'RATE_LIMITED' || status === 429) return 'limited';
  if (code === 'UNAVAILABLE' || code === 'TIMEOUT' || status >= 500) return 'unavailable';
  return 'refused';
}
