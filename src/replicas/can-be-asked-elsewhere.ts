import { codeOf } from '../database/failures/failures.js';
import { GatewayError } from '../errors.js';

/** A statement that took too long would take as long elsewhere; one that somebody cancelled is not wanted. */
const final = new Set(['57014', '55P03', '25P03', '57P05', 'TIMEOUT']);

/**
 * Whether another server may have the answer that a replica has not: its connection broke, it does not answer, replay ended
 * the statement (SQLSTATE 40001, or 40P01 for a buffer), or anything is wrong with it.
 */
export function canBeAskedElsewhere(error: unknown): boolean {
  const cause = error instanceof GatewayError ? (error.originalError ?? error) : error;
  return !isFinal(codeOf(cause));
}

/** The same by the code that metrics count it under. */
export function isFinal(code: string): boolean {
  return final.has(code);
}
