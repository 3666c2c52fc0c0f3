import { CombinedGraphQLErrors, ServerError, type TypedDocumentNode } from '@apollo/client';
import { type Around, client, operationOf } from './apollo.ts';

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

/**
 * Asks as the public.
 * @throws AskFailure
 */
export async function ask<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const around: Around = {};
  // Two askers of the same would be given one answer, and only the first what came with it.
  const context = { around, queryDeduplication: false };
  const data = await send<Data>(client.query({ query: document, variables: { ...variables }, context }));
  const extensions = around.extensions as
    | { readonly freshness?: Freshness; readonly stale?: boolean }
    | undefined;
  const said = Date.parse(around.response?.headers.get('date') ?? '');
  return {
    data,
    freshness: extensions?.freshness ?? null,
    isStale: extensions?.stale === true,
    gatewayTime: Number.isNaN(said) ? null : said,
  };
}

/**
 * Asks for what only operators may see, which nobody keeps.
 * @throws AskFailure
 */
export async function askAsOperator<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  key: string,
): Promise<Data> {
  const context = { headers: { authorization: `Bearer ${key}` }, fetchOptions: { cache: 'no-store' } };
  const copied = { ...variables };
  return operationOf(document).isMutation
    ? send(client.mutate({ mutation: document, variables: copied, context }))
    : send(client.query({ query: document, variables: copied, context }));
}

async function send<Data>(sent: Promise<{ readonly data?: unknown }>): Promise<Data> {
  const { data } = await sent.catch((error: unknown) => {
    throw failureOf(error);
  });
  if (!data) throw new AskFailure('refused', 'The answer is empty.');
  return data as Data;
}

interface ToldError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

function failureOf(error: unknown): AskFailure {
  if (CombinedGraphQLErrors.is(error)) return failureFrom(error.errors[0] as ToldError);
  if (error instanceof Error && 'response' in error && error.response instanceof Response) {
    const { response } = error;
    return failureFrom(ServerError.is(error) ? errorIn(error.bodyText) : undefined, response);
  }
  const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
  return new AskFailure(
    'unreachable',
    isSlow ? 'The gateway takes too long to answer.' : 'The gateway cannot be reached.',
  );
}

function failureFrom(told: ToldError | undefined, response?: Response): AskFailure {
  const { code, requestId } = told?.extensions ?? {};
  return new AskFailure(
    kindOf(code, response?.status ?? 200),
    told?.message ?? `Expected an answer in JSON, got status ${response?.status}.`,
    requestId ?? response?.headers.get('x-request-id') ?? null,
    Number(response?.headers.get('retry-after') ?? 0) * 1000,
  );
}

function errorIn(body: string): ToldError | undefined {
  try {
    return (JSON.parse(body) as { readonly errors?: readonly ToldError[] }).errors?.[0];
  } catch {
    return undefined;
  }
}

function kindOf(code: string | undefined, status: number): FailureKind {
  if (code === 'UNAUTHENTICATED' || status === 401) return 'unauthenticated';
  if (code === 'RATE_LIMITED' || status === 429) return 'limited';
  if (code === 'UNAVAILABLE' || code === 'TIMEOUT' || status >= 500) return 'unavailable';
  return 'refused';
}
