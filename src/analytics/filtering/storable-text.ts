import { badInput } from '../../errors.js';

/**
 * PostgreSQL holds every text but those with U+0000 in them, and fails when it is asked for one.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function requireStorable(argument: string, text: string): string {
  if (text.includes('\0')) throw badInput(`${argument}: expected a text without U+0000, got one with it`);
  return text;
}
