import { badInput } from '../../errors.js';

/**
 * Refuses U+0000, which no text of PostgreSQL can hold.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function requireStorable(argument: string, text: string): string {
  if (text.includes('\0')) throw badInput(`${argument}: expected a text without U+0000, got one with it`);
  return text;
}
