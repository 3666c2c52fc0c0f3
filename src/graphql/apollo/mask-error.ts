import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, errorTable, GatewayError, shownMessage } from '../../errors.js';

/** Clients of persisted queries wait for these two; they are part of that protocol and not faults. */
const persistedQueryCodes = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** What Apollo says of a request that cannot be understood; all of it is one code here. */
const inputCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
]);

/**
 * What may be shown of an error: its own sentence where it was written to be shown, else the sentence of the error
 * table. Nothing but the code, and what a GatewayError adds to it, stays in `extensions`.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code, extensions } = classify(error, formatted.extensions?.code);
  const message =
    code === 'INTERNAL_SERVER_ERROR' ? errorTable[code].sentence : shownMessage(formatted.message);
  return { ...formatted, message, extensions: { ...extensions, code } };
}

/** The same without "Did you mean" suggestions, which reveal names of the schema. */
export function maskErrorWithoutSuggestions(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const masked = maskError(formatted, error);
  // The message may be truncated, and with it the question mark.
  return { ...masked, message: masked.message.replace(/ Did you mean [^?]*(\?|$)/g, '') };
}

/** The code that an error is shown with. */
export function shownCodeOf(error: unknown): string {
  return classify(error, error instanceof GraphQLError ? error.extensions.code : undefined).code;
}

/** What was thrown first, under everything that was wrapped around it since. */
export function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

interface Classified {
  readonly code: ErrorCode | string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

function classify(error: unknown, code: unknown): Classified {
  const known = gatewayErrorIn(error);
  if (known) return { code: known.code, extensions: known.extensions };
  if (typeof code === 'string' && persistedQueryCodes.has(code)) return { code };
  if (inputCodes.has(code as string) || isRefusedByStatus(error) || isArgumentFault(rootOf(error)))
    return { code: 'BAD_USER_INPUT' };
  return { code: 'INTERNAL_SERVER_ERROR' };
}

function gatewayErrorIn(error: unknown): GatewayError | null {
  for (let each = error; each instanceof GraphQLError; each = each.originalError)
    if (each instanceof GatewayError) return each;
  return null;
}

/** Apollo gives some refusals, such as a wrong hash of a persisted query, a status but no code. */
function isRefusedByStatus(error: unknown): boolean {
  const http =
    error instanceof GraphQLError ? (error.extensions.http as { status?: number } | undefined) : undefined;
  return http?.status !== undefined && http.status >= 400 && http.status < 500;
}

/** A null for an argument that has a default passes validation and fails only in execution, without a code. */
function isArgumentFault(root: unknown): boolean {
  return root instanceof GraphQLError && /^Argument "\w+" (of |has invalid value)/.test(root.message);
}
