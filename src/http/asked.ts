import { createHash } from 'node:crypto';
import { badInput } from '../errors.js';
import type { BoundedCache } from '../graphql/bounded-cache.js';
import { persistedPrefix } from '../graphql/persisted-texts.js';
import { deepestVariables, isTooDeep } from '../limits/nesting.js';

/** A GraphQL request in the form that it is executed in. */
export interface Asked {
  readonly text: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the answer is to say how fresh it is, in `extensions.freshness`. */
  readonly wantsFreshness: boolean;
  /** Whether the answer is to say what it cost, in `extensions.cost`. */
  readonly wantsCost: boolean;
}

/**
 * Reads the parameters of a request, from the body of a POST or the URL of a GET. A persisted query is found by its
 * hash, and a text that comes with a hash is kept once they have been compared. Null for whatever is not in order:
 * Apollo knows how to say what is wrong.
 */
export function readAsked(
  parameters: unknown,
  from: 'body' | 'url',
  persisted: BoundedCache<string>,
): Asked | null {
  if (!isRecord(parameters)) return null;
  const operationName = parameters.operationName ?? null;
  const variables = recordOf(parameters.variables, from);
  const extensions = recordOf(parameters.extensions, from);
  const isNamed = typeof operationName === 'string' && operationName !== '';
  if ((operationName !== null && !isNamed) || !variables || !extensions) return null;
  if (isTooDeep(variables)) return null;
  const text = textOf(parameters.query, extensions.persistedQuery, persisted);
  if (text === null) return null;
  return {
    text,
    operationName: operationName as string | null,
    variables,
    wantsFreshness: extensions.freshness === true,
    wantsCost: extensions.cost === true,
  };
}

function textOf(query: unknown, persistedQuery: unknown, persisted: BoundedCache<string>): string | null {
  if (persistedQuery === undefined || persistedQuery === null)
    return typeof query === 'string' && query !== '' ? query : null;
  const { version, sha256Hash } = isRecord(persistedQuery) ? persistedQuery : {};
  if (version !== 1 || typeof sha256Hash !== 'string') return null;
  if (query === undefined || query === null || query === '')
    return persisted.peek(`${persistedPrefix}${sha256Hash}`) ?? null;
  if (typeof query !== 'string' || createHash('sha256').update(query).digest('hex') !== sha256Hash)
    return null;
  void persisted.set(`${persistedPrefix}${sha256Hash}`, query);
  return query;
}

/**
 * The text of the document that Apollo would execute: the one that was sent, else the one that its hash stands for.
 * `from` is the body of a POST, or the URL of a GET. Null for whatever is not in order.
 * @throws GatewayError `BAD_USER_INPUT` for variables that are nested deeper than anybody reads
 */
export function documentTextOf(from: unknown, persisted: BoundedCache<string>): string | null {
  const place = typeof from === 'string' ? 'url' : 'body';
  const parameters =
    typeof from === 'string'
      ? Object.fromEntries(new URLSearchParams(from.slice(from.indexOf('?') + 1)))
      : from;
  if (!isRecord(parameters)) return null;
  if (isTooDeep(recordOf(parameters.variables, place)))
    throw badInput(`The variables: expected at most ${deepestVariables} levels, got more.`);
  const { query } = parameters;
  if (typeof query === 'string' && query !== '') return query;
  const extensions = recordOf(parameters.extensions, place);
  const { sha256Hash } = isRecord(extensions?.persistedQuery) ? extensions.persistedQuery : {};
  return typeof sha256Hash === 'string' ? (persisted.peek(`${persistedPrefix}${sha256Hash}`) ?? null) : null;
}

/** A record, as itself in a body and as JSON text in a URL; empty when left out, null when it is something else. */
function recordOf(value: unknown, from: 'body' | 'url'): Record<string, unknown> | null {
  if (value === undefined || (value === null && from === 'body')) return {};
  if (from === 'body') return isRecord(value) ? value : null;
  try {
    const parsed: unknown = JSON.parse(String(value));
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
