import { badInput } from '../errors.js';

/** Largest `limit` of a monitoring list. */
export const maxListSize = 500;

/** @throws GatewayError BAD_USER_INPUT */
export function requireLimit(limit: number): number {
  return requireBetween('limit', limit, 1, maxListSize);
}

/** @throws GatewayError BAD_USER_INPUT */
export function requireBetween(name: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max))
    throw badInput(`${name}: expected a number from ${min} to ${max}, got ${value}.`);
  return value;
}
