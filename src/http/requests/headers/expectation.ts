import type { IncomingMessage } from 'node:http';
import { type Fault, quoted, requestFault } from '../fault.js';

/** The fault (417) of a request whose `Expect` header asks for what no server here can do. */
export function expectationFault({ headers }: IncomingMessage): Fault {
  return requestFault(
    417,
    `The Expect header: expected 100-continue or none, got ${quoted(headers.expect)}.`,
  );
}
