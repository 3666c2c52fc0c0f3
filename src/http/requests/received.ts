import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { GatewayError } from '../../errors.js';
import type { GraphqlRequest } from './graphql-request.js';

/** What was read of a request before the framework saw it. */
interface Received {
  /** The whole body; null for a GET. */
  readonly body: Buffer | null;
  /** The outcome of parsing it; null where it was not parsed. */
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

/** The same bytes as a stream, for the framework. */
export function replayedBody(request: IncomingMessage): Readable | null {
  const body = receivedBody(request);
  return body ? Readable.from([body], { objectMode: false }) : null;
}

/**
 * The GraphQL request that was read before, else what `read` gives.
 * @throws GatewayError `BAD_USER_INPUT`
 */
export function readOrReuse(request: IncomingMessage, read: () => GraphqlRequest): GraphqlRequest {
  const outcome = received.get(request)?.outcome ?? read();
  if (outcome instanceof GatewayError) throw outcome;
  return outcome;
}

/** Reads a GraphQL request; returns what is wrong with it instead of throwing. */
export function attempt(read: () => GraphqlRequest): GraphqlRequest | GatewayError {
  try {
    return read();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}
