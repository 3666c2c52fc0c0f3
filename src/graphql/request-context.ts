import type { BaseLogger } from 'pino';
import type { Viewer } from '../auth/viewer.js';

/** What a log has to be able to do here. */
export type Log = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** What is known of a request before anything is resolved; every resolver's context holds at least this. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** The same that the answer's `x-request-id` says. */
  readonly requestId: string;
  /** Aborts when the client disconnects before the answer. */
  readonly signal: AbortSignal;
  /** Whose share of the connections it takes part in; nobody's in particular unless said. */
  readonly client?: string | undefined;
  /** Writes under the request's id. */
  readonly log: Log;
  /**
   * Takes the cost of an operation out of what whoever asks may spend; without it nobody counts.
   * @throws RateLimited
   */
  readonly spend?: ((units: number) => void) | undefined;
}

/** Adds to a request's context what the resolvers need, such as loaders that live as long as the request. */
export type ContextFactory<Context extends RequestContext> = (
  request: RequestContext,
) => Context | Promise<Context>;
