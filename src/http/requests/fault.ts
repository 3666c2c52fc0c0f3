import { type ErrorCode, errorTable, GatewayError, shownMessage } from '../../errors.js';

/** What is said of a request that did not come as far as an operation. */
export interface Fault {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Thrown for a request that is answered with a fault. */
export class RequestRefused extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
    this.name = 'RequestRefused';
  }
}

/** The one form of an error, the same as in a GraphQL answer. */
export function faultBody({ code, message }: Pick<Fault, 'code' | 'message'>, requestId: string): string {
  return JSON.stringify({ errors: [{ message: shownMessage(message), extensions: { code, requestId } }] });
}

/** How many characters of a value an error message may quote. */
const maxEchoLength = 80;

export function quoted(text: string | undefined): string {
  return text === undefined ? 'none' : JSON.stringify(text.slice(0, maxEchoLength));
}

interface HttpError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
}

/** The largest body that the framework reads, in bytes; none of its routes has any use for one. */
export const frameworkBodyLimit = 1_048_576;

/** Finds the words for whatever was thrown on the way to an answer, by this gateway or by the framework. */
export function faultOf(error: unknown, contentType: string | undefined): Fault {
  if (error instanceof RequestRefused) return error.fault;
  if (error instanceof GatewayError)
    return { status: errorTable[error.code].status, code: error.code, message: error.message };
  const { code, statusCode } = error as HttpError;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(frameworkBodyLimit);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return wrongContentType(contentType);
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return requestFault(400, 'The body: expected JSON, got nothing.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return requestFault(400, 'The body: expected JSON, got something else.');
    case 'FST_ERR_BAD_URL':
      return requestFault(400, 'The path: expected a URL, got something else.');
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return requestFault(statusCode, errorTable.BAD_USER_INPUT.sentence);
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: errorTable.INTERNAL_SERVER_ERROR.sentence };
}

/** The fault of a request that there is no room for. */
export const overloaded: Fault = Object.freeze({
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The gateway has more to do than it can; try again shortly.',
});

export function bodyTooLarge(limit: number): Fault {
  return requestFault(413, `The body: expected at most ${limit} bytes, got more.`);
}

export function wrongContentType(got: string | undefined): Fault {
  return requestFault(415, `The content type: expected application/json, got ${quoted(got)}.`);
}

export function requestFault(status: number, message: string): Fault {
  return { status, code: 'BAD_USER_INPUT', message };
}
