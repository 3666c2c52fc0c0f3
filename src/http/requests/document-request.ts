import type { IncomingMessage } from 'node:http';
import { type Fault, requestFault } from './fault.js';
import { documentPath } from './request-target.js';

/** The name of these addresses in logs and metrics. */
export const documentRoute = `${documentPath}*`;

/** The headers that answers at the addresses of published documents depend on. */
export const documentVary = 'Accept-Encoding';

/**
 * Makes a request for a published document one that everybody gets the same answer to: always JSON, and without a CORS
 * preflight, because such a document only reads what is public.
 * @returns what is wrong with it (400); null when nothing is
 */
export function prepareDocumentRequest({ headers }: IncomingMessage): Fault | null {
  if (headers.authorization !== undefined)
    return requestFault(
      400,
      'The Authorization header: expected none, because this address has what everybody may see; ask /graphql.',
    );
  headers.accept = 'application/json';
  headers['content-type'] = 'application/json';
  return null;
}
