import { GraphQLError } from 'graphql';

/**
 * The one error table: every code that an answer may carry, the HTTP status it stands for, and the sentence
 * that is said when there is nothing more precise to say.
 */
export const errorTable = {
  BAD_USER_INPUT: { status: 400, sentence: 'The request could not be understood.' },
  UNAUTHENTICATED: { status: 401, sentence: 'Credentials are needed, or the ones given are not valid.' },
  FORBIDDEN: { status: 403, sentence: 'These credentials do not allow that.' },
  COST_LIMIT_EXCEEDED: { status: 400, sentence: 'The operation asks for more than one request may cost.' },
  RATE_LIMITED: { status: 429, sentence: 'Too many requests; try again later.' },
  TIMEOUT: { status: 504, sentence: 'The database took longer than one query may take.' },
  UNAVAILABLE: {
    status: 503,
    sentence: 'The gateway cannot reach its data at the moment; try again shortly.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    sentence: 'The gateway could not answer. The request id names the entry in its log.',
  },
} as const satisfies Record<string, { status: number; sentence: string }>;

export type ErrorCode = keyof typeof errorTable;

/** An error that may be shown to whoever asked: its message holds no SQL, no stack and no table name. */
export class GatewayError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string = errorTable[code].sentence, cause?: unknown) {
    super(message, { extensions: { code }, originalError: cause instanceof Error ? cause : undefined });
    this.name = 'GatewayError';
    this.code = code;
  }
}

/** How much of a message is shown, in characters; what was sent may stand in it, and is not to be sent back whole. */
const maxMessageLength = 500;

/** A message at a length that can be shown. */
export function shownMessage(message: string): string {
  return message.length <= maxMessageLength
    ? message
    : `${message.slice(0, maxMessageLength)}… (${message.length - maxMessageLength} more characters)`;
}

/** How many errors one answer lists. */
export const maxErrors = 50;

/** Input that does not fit. `message` says what was expected and what was got. */
export function badInput(message: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message);
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code);
}
