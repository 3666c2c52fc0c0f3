import { isMutation, type TypedText } from '../document.js';
import type { Answer, Freshness, Received } from './answer.js';
import { EntityTags } from './entity-tags.js';
import { failureOfResult, type GatewayResult, RequestFailure } from './failure.js';
import { getRequest, postRequest, type WireRequest } from './request.js';
import { sha256Of } from './sha256.js';
import { whileWanted } from './while-wanted.js';

export interface TransportOptions {
  /** Where the gateway answers, such as `/graphql`. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  /** Ends all requests. */
  readonly signal: AbortSignal;
}

export interface AskOptions {
  /** Asks as somebody, such as `Bearer …`. Such answers are not shared, and not remembered. */
  readonly authorization?: string;
  readonly signal?: AbortSignal;
}

export interface Transport {
  /** @throws RequestFailure */
  send<Data, Variables extends object>(
    document: TypedText<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Received<Data>>;
}

/** The same question has one request under way at a time; an answer that still stands costs a 304, and no parsing. */
export function createTransport({ url, fetch, timeoutMs, signal }: TransportOptions): Transport {
  const tags = new EntityTags<Answer<unknown>>();
  const running = new Map<string, Promise<Received<unknown>>>();
  /** The newest refresh that was told of. */
  let seen: number | null = null;

  const exchange = ({ url, init }: WireRequest) =>
    fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });

  async function sendPrivate(document: TypedText<unknown, never>, variables: object, authorization?: string) {
    const { url: target, init } = postRequest(url, document, variables, null);
    if (authorization !== undefined) init.headers.authorization = authorization;
    return readAnswer(await exchange({ url: target, init: { ...init, cache: 'no-store' } }));
  }

  async function sendShared(document: TypedText<unknown, never>, variables: object, key: string) {
    const hash = await sha256Of(document);
    const get = hash === null ? null : getRequest(url, document, variables, hash);
    try {
      if (get) return await ask(get, key);
    } catch (error) {
      if (!isUnknownHash(error)) throw error;
    }
    // The gateway keeps the text from then on.
    return ask(postRequest(url, document, variables, hash), key);
  }

  async function ask({ url, init }: WireRequest, key: string): Promise<Received<unknown>> {
    const known = tags.find(key);
    if (known) init.headers['if-none-match'] = known.etag;
    // Of several gateways one may hear of a refresh later than the one that answered before.
    const said = seen;
    if (said !== null) init.headers['x-seen-generation'] = String(said);
    // `no-store` passes a 304 for our own tag through; `no-cache` has the browser revalidate its own cache.
    const response = await exchange({ url, init: { ...init, cache: known ? 'no-store' : 'no-cache' } });
    if (response.status === 304 && known) return { answer: known.kept, gatewayTimeMs: timeOf(response) };
    const received = await readAnswer(response);
    const generation = received.answer.freshness?.generation ?? null;
    // It goes back when the database was restored.
    if (generation !== null && (seen === null || generation > seen || generation < (said ?? 0)))
      seen = generation;
    tags.keep(key, response.headers.get('etag'), received.answer);
    return received;
  }

  async function send(
    document: TypedText<unknown, never>,
    variables: object,
    { authorization, signal: own }: AskOptions = {},
  ): Promise<Received<unknown>> {
    const text = String(document);
    if (authorization !== undefined || isMutation(text))
      return whileWanted(sendPrivate(document, variables, authorization), own);
    const key = `${text}\n${JSON.stringify(variables)}`;
    const sent = running.get(key) ?? sendShared(document, variables, key).finally(() => running.delete(key));
    running.set(key, sent);
    return whileWanted(sent, own);
  }

  return {
    send: <Data, Variables extends object>(
      document: TypedText<Data, Variables>,
      variables: Variables,
      options?: AskOptions,
    ) => send(document, variables, options) as Promise<Received<Data>>,
  };
}

async function readAnswer(response: Response): Promise<Received<unknown>> {
  return receivedFrom(response, await readResult(response));
}

async function readResult(response: Response): Promise<GatewayResult | null> {
  try {
    return JSON.parse(await response.text()) as GatewayResult;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws RequestFailure when there are errors, or no data. */
function receivedFrom(response: Response, result: GatewayResult | null): Received<unknown> {
  if (!result?.data || result.errors) throw failureOfResult(response, result);
  const { freshness, stale } = result.extensions ?? {};
  const answer = {
    data: result.data,
    freshness: (freshness as Freshness | undefined) ?? null,
    isStale: stale === true,
  };
  return { answer: Object.freeze(answer), gatewayTimeMs: timeOf(response) };
}

function isUnknownHash(error: unknown): boolean {
  const result = error instanceof RequestFailure ? error.result : null;
  const code = result?.errors?.[0]?.extensions?.code ?? '';
  return code.startsWith('PERSISTED_QUERY_NOT_');
}

function timeOf(response: Response): number | null {
  const time = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(time) ? null : time;
}
