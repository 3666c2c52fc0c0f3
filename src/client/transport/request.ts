import type { TypedText } from '../document.js';
import { PublishedDocument } from '../document.js';

/** Longer URLs are refused by some proxies. */
const maxUrlLength = 4_000;
const accept = 'application/graphql-response+json, application/json;q=0.9';
const freshness = true;

/** One question as it goes over the wire. */
export interface WireRequest {
  readonly url: string;
  readonly init: WireInit;
}

interface WireInit extends RequestInit {
  readonly headers: Record<string, string>;
  /** What the HTTP cache of a browser may do. */
  readonly cache?: 'no-store' | 'no-cache';
}

type Document = TypedText<unknown, never>;

/** Asks by hash in the URL, which browsers and proxies can keep. @returns null when the URL would be too long. */
export function getRequest(
  url: string,
  document: Document,
  variables: object,
  sha256Hash: string,
): WireRequest | null {
  const parameters = new URLSearchParams({
    ...nameOf(document),
    variables: JSON.stringify(variables),
    extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash }, freshness }),
  });
  const whole = `${url}${url.includes('?') ? '&' : '?'}${parameters}`;
  if (whole.length > maxUrlLength) return null;
  // Without the second header a GET is refused, because a page elsewhere could send it, too.
  return { url: whole, init: { method: 'GET', headers: { accept, 'apollo-require-preflight': '1' } } };
}

/** Sends the text, with the hash that it can be asked for by from then on. */
export function postRequest(
  url: string,
  document: Document,
  variables: object,
  sha256Hash: string | null,
): WireRequest {
  const persistedQuery = sha256Hash === null ? undefined : { version: 1, sha256Hash };
  const body = {
    ...nameOf(document),
    query: String(document),
    variables,
    extensions: { persistedQuery, freshness },
  };
  const headers = { accept, 'content-type': 'application/json' };
  return { url, init: { method: 'POST', headers, body: JSON.stringify(body) } };
}

function nameOf(document: Document) {
  return document instanceof PublishedDocument ? { operationName: document.name } : undefined;
}
