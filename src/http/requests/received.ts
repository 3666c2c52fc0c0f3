import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { GatewayError } from '../../errors.js';
import type { GraphqlRequest } from './graphql-request.js';

/** What was read of a request before the framework saw it. */
interface Received {
  /** The whole body; null for a GET. */
  readonly body: Buffer | null;
  /** The outcome of reading it as a GraphQL request; null where it was not read anew because it came before. */
  readonly outcome: GraphqlRequest | GatewayError | null;
}

const received = new WeakMap<IncomingMessage, Received>();

/** Keeps what was read of a request, so that the framework does not read it again. */
export function storeReceived(request: IncomingMessage, what: Received): void {
  received.set(request, what);
}

/** The bytes of a body that was read before the framework saw it. */
export function receivedBody(request: IncomingMessage): Buffer | null {
  return received.get(request)?.body ?? null;
}

/** The same as a stream, for the framework. */
export function replayedBody(request: IncomingMessage): Readable | null {
  const body = receivedBody(request);
  return body ? Readable.from([body], { objectMode: false }) : null;
}

/**
 * The GraphQL request in a request, which `read` reads unless it was read before.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function readOrReuse(request: IncomingMessage, read: () => GraphqlRequest): GraphqlRequest {
  const outcome = received.get(request)?.outcome ?? read();
  if (outcome instanceof GatewayError) throw outcome;
  return outcome;
}

/** Reads a GraphQL request and gives what is wrong with it as a value. */
export function attempt(read: () => GraphqlRequest): GraphqlRequest | GatewayError {
  try {
    return read();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}
