import type { IncomingMessage } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { GraphqlRequest } from './graphql-request.js';

/**
 * A request as Apollo takes it. URL and body are written anew from what was read of the request: Apollo never sees the
 * bytes that came, so it cannot read another document in them than the one that was checked. `text` is the document,
 * which may have been found by its hash.
 */
export function apolloRequest(
  { method = 'POST', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  request: GraphqlRequest,
  text: string | null,
): HTTPGraphQLRequest {
  const parameters = parametersOf(request, text);
  const isInBody = method === 'POST';
  return {
    method: isInBody ? 'POST' : 'GET',
    headers: headerMap(headers),
    search: isInBody ? '' : `?${searchOf(parameters)}`,
    body: isInBody ? parameters : undefined,
  };
}

function parametersOf(request: GraphqlRequest, text: string | null): Readonly<Record<string, unknown>> {
  const { operationName, variables, wantsCost, sha256Hash } = request;
  const extensions = {
    ...(wantsCost && { cost: true }),
    // A hash without a text is one that is not known here; Apollo says so.
    ...(text === null && sha256Hash !== null && { persistedQuery: { version: 1, sha256Hash } }),
  };
  return {
    ...(text !== null && { query: text }),
    ...(operationName !== null && { operationName }),
    variables,
    extensions,
  };
}

function searchOf(parameters: Readonly<Record<string, unknown>>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return search;
}

function headerMap(headers: IncomingMessage['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}
