import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parse as parseJson } from 'secure-json-parse';
import { badInput } from '../../errors.js';
import type { PersistedQueries } from '../../graphql/documents/persisted-queries.js';
import { variablesFault } from '../../limits/documents/nesting.js';
import { quoted, RequestRefused, requestFault } from './fault.js';
import { documentPath } from './request-target.js';
import { readUrlParameters } from './url-parameters.js';

/**
 * A GraphQL request, read once from the bytes that came. Limits, cost, cache and execution all work on this value, so
 * that what was checked is what runs.
 */
export interface GraphqlRequest {
  /** The text of the document; null when only its hash was sent, or nothing. */
  readonly query: string | null;
  /** The SHA-256 of a persisted query, in hexadecimal digits. */
  readonly sha256Hash: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the answer is to say how fresh it is, in `extensions.freshness`. */
  readonly wantsFreshness: boolean;
  /** Whether the answer is to say what it cost, in `extensions.cost`. */
  readonly wantsCost: boolean;
}

/** The texts of published documents that only read. */
export interface DocumentTexts {
  /** The text with a SHA-256, in lower-case hexadecimal digits. */
  find(sha256: string): string | undefined;
}

const parameterNames = ['query', 'operationName', 'variables', 'extensions'] as const;

/**
 * Reads the parameters in the URL of a GET.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function readUrl(url: string): GraphqlRequest {
  const values = readUrlParameters(url, parameterNames);
  return requestOf({
    query: values.get('query'),
    operationName: values.get('operationName'),
    variables: jsonOf('variables', values.get('variables')),
    extensions: jsonOf('extensions', values.get('extensions')),
  });
}

/**
 * Reads a target such as `/q/<SHA-256>?variables={…}`: a published document by its address.
 * @throws RequestRefused (404) where there is none, or GatewayError `BAD_USER_INPUT`
 */
export function readDocumentTarget(url: string, documents: DocumentTexts): GraphqlRequest {
  const [path = ''] = url.split('?', 1);
  const sha256 = path.slice(documentPath.length);
  const query = documents.find(sha256);
  if (query === undefined)
    throw new RequestRefused(
      requestFault(
        404,
        `The path: expected ${documentPath} and the SHA-256 of a published operation, got ${quoted(sha256)}.`,
      ),
    );
  const values = readUrlParameters(url);
  // Each further name would be another address of the same answer.
  for (const name of values.keys())
    if (name !== 'variables' && name !== 'extensions')
      throw badInput(`The URL: expected no parameters but variables and extensions, got ${quoted(name)}.`);
  return requestOf({
    query,
    variables: jsonOf('variables', values.get('variables')),
    extensions: { ...jsonOf('extensions', values.get('extensions')), persistedQuery: undefined },
  });
}

/**
 * Reads the body of a POST.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function readBody(bytes: Buffer): GraphqlRequest {
  if (bytes.length === 0) throw badInput('The body: expected JSON, got nothing.');
  if (!isUtf8(bytes)) throw badInput('The body: expected JSON in UTF-8, got other bytes.');
  const body = parsed(bytes.toString(), 'The body: expected JSON, got something else.');
  if (Array.isArray(body))
    throw badInput('The body: expected one JSON object, got a list; batching is not supported.');
  if (!isRecord(body)) throw badInput(`The body: expected a JSON object, got ${kindOf(body)}.`);
  return requestOf(body);
}

/**
 * The text of the document: the one that was sent, else the one that its hash stands for. A text that comes with its
 * hash is kept for later. Null when neither leads to a text.
 * @throws GatewayError `BAD_USER_INPUT` when the hash is that of another text
 */
export function documentTextOf(
  { query, sha256Hash }: GraphqlRequest,
  persisted: PersistedQueries,
): string | null {
  if (sha256Hash === null) return query;
  if (query === null) return persisted.find(sha256Hash);
  if (createHash('sha256').update(query).digest('hex') !== sha256Hash)
    throw badInput('The persisted query: expected the SHA-256 of the query, but the sha does not match.');
  persisted.add(sha256Hash, query);
  return query;
}

function requestOf(given: Readonly<Record<string, unknown>>): GraphqlRequest {
  const extensions = recordOf('extensions', given.extensions);
  return Object.freeze({
    query: textOf('query', given.query) || null,
    sha256Hash: hashOf(extensions.persistedQuery),
    operationName: textOf('operationName', given.operationName),
    variables: checkedVariables(recordOf('variables', given.variables)),
    wantsFreshness: extensions.freshness === true,
    wantsCost: extensions.cost === true,
  });
}

function textOf(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const hint = name === 'query' ? ' GraphQL queries must be strings.' : '';
  throw badInput(`${name}: expected a string, got ${kindOf(value)}.${hint}`);
}

function recordOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw badInput(`${name}: expected a JSON object, got ${kindOf(value)}.`);
}

function hashOf(persistedQuery: unknown): string | null {
  if (persistedQuery === undefined || persistedQuery === null) return null;
  const { version, sha256Hash } = recordOf('extensions.persistedQuery', persistedQuery);
  if (version !== 1 || typeof sha256Hash !== 'string' || sha256Hash === '')
    throw badInput('extensions.persistedQuery: expected version 1 and a sha256Hash, got something else.');
  return sha256Hash;
}

function checkedVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fault = variablesFault(variables);
  if (fault !== null) throw badInput(fault);
  return variables;
}

/** A parameter of a URL that is JSON; undefined when it was left out. */
function jsonOf(name: string, text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text, `${name} in the URL: expected a JSON object, got invalid JSON.`);
  if (!isRecord(value)) throw badInput(`${name} in the URL: expected a JSON object, got ${kindOf(value)}.`);
  return value;
}

/** Parses JSON, with a byte order mark or without; keys that would set a prototype are refused. */
function parsed(text: string, fault: string): unknown {
  try {
    return isPlain(text) ? JSON.parse(text) : parseJson(text);
  } catch {
    throw badInput(fault);
  }
}

/**
 * Whether a text has no byte order mark, and nothing that could be a key such as `__proto__`, escaped or not. Looking for
 * that takes a fraction of the time of the expressions of secure-json-parse.
 */
function isPlain(text: string): boolean {
  return !(
    text.includes('proto') ||
    text.includes('constructor') ||
    text.includes('\\u') ||
    text.startsWith('\ufeff')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
