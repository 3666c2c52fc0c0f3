import type { IncomingMessage } from 'node:http';
import { type Fault, requestFault } from '../fault.js';
import { maxHeaderLength } from './negotiation.js';

/** Node.js silently drops headers beyond a limit of its own, which is higher. */
const maxHeaders = 100;

/** Headers that are parsed, some by libraries whose worst case is quadratic. */
const parsedHeaders = ['accept', 'accept-encoding', 'accept-language', 'content-type'] as const;

/** What is wrong with a request that has too many headers or an overlong parsed one (431); null when nothing is. */
export function headersFault(request: IncomingMessage): Fault | null {
  const got = request.rawHeaders.length / 2;
  // Looked up by name only when all headers together are long enough.
  const long =
    lengthOf(request.rawHeaders) > maxHeaderLength
      ? parsedHeaders.find((name) => (request.headers[name]?.length ?? 0) > maxHeaderLength)
      : undefined;
  if (got <= maxHeaders && !long) return null;
  const message = long
    ? `The header ${long}: expected at most ${maxHeaderLength} characters, got ${request.headers[long]?.length}.`
    : `The headers: expected at most ${maxHeaders}, got ${got}.`;
  return requestFault(431, message);
}

/** How many characters the names and values have together: no value is longer, not even one that came in parts. */
function lengthOf(rawHeaders: readonly string[]): number {
  let length = 0;
  for (const text of rawHeaders) length += text.length;
  return length;
}
