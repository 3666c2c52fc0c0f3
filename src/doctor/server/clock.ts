import type { Check } from '../checked-database.js';
import { hint, ok } from '../finding.js';

const limitMs = 2_000;

/** Tokens and the age of the views are judged by the clock here, the views themselves by the server's. */
export const checkClock: Check = async ({ facts: { clockAheadMs } }) => {
  const seconds = (Math.abs(clockAheadMs) / 1_000).toFixed(1);
  if (Math.abs(clockAheadMs) <= limitMs) return [ok("This machine's clock and the server's agree")];
  return [
    hint(
      `The server's clock is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this machine's`,
      'Let both follow a time server (NTP): tokens and ages are judged by the clock here, the windows of the views by the one there.',
    ),
  ];
};
