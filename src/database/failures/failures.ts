import { GatewayError } from '../../errors.js';

/** Of statements that took too long: by the server's clock, or by this process's own when no answer came at all. */
const timeouts = new Set(['57014', '55P03', '25P03', '57P05', 'NO_ANSWER']);

/** The server is unreachable, starting, stopping, full, refuses the login, or was demoted to a standby. */
const absences =
  /^(08...|28...|3D000|40001|40P01|53...|57P0[1-4]|55000|25006|E(?!RR_)[A-Z_]+|ERR_(STREAM|SOCKET|SSL|TLS)_\w+)$/;

const lost = /^(08003|08006|57P0[12]|ECONNRESET|EPIPE|ERR_(STREAM|SOCKET)_\w+)$/;
const lostMessages = /connection (terminated|ended)|not queryable/i;
const waitedMessage = /timeout exceeded when trying to connect/;
const otherMessages = /timeout expired|pool after calling end/i;

/** Turns what the driver threw into what may be told: the code by SQLSTATE, the sentence from the error table. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const code = codeOf(error);
  if (timeouts.has(code)) return new GatewayError('TIMEOUT', undefined, error);
  if (code === 'NO_CONNECTION' || absences.test(code))
    return new GatewayError('UNAVAILABLE', undefined, error);
  return new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
}

/** The SQLSTATE, or the code of the network's error; `NO_CONNECTION` where a query got or kept none. */
export function codeOf(error: unknown): string {
  if (error instanceof GatewayError) return error.code === 'UNAVAILABLE' ? 'NO_CONNECTION' : error.code;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  const isAbsence = [lostMessages, waitedMessage, otherMessages].some((words) => words.test(wordsOf(error)));
  return isAbsence ? 'NO_CONNECTION' : 'unknown';
}

/** Whether a connection that had been there broke before it had answered. */
export function isLostConnection(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? lost.test(code) : lostMessages.test(wordsOf(error));
}

/** Whether all connections were busy, which says nothing about the server. */
export function isWaitTooLong(error: unknown): boolean {
  return waitedMessage.test(wordsOf(error));
}

/** A new connection was lost while its session was set up. Unlike a failed connect it may be tried again at once. */
export class LostInSetup extends Error {
  readonly code = '08006';

  constructor(cause: unknown) {
    super('The connection terminated while its session was set up.', { cause });
  }
}

/** What a failure to set a session up means to those who wait for the connection. */
export function setupFailure(error: unknown): unknown {
  if (isLostConnection(error)) return new LostInSetup(error);
  // The driver's words for a statement without an answer, which here is a server that cannot be reached.
  if (/query read timeout/i.test(wordsOf(error)))
    return new Error('timeout exceeded when trying to connect', { cause: error });
  return error;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
