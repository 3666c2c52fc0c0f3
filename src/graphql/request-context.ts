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
  /** The client whose share of the database connections it uses; no client's unless set. */
  readonly client?: string | undefined;
  /** Writes under the request's id. */
  readonly log: Log;
  /**
   * Charges an operation's cost to the client's budget; costs are not limited unless set.
   * @throws RateLimited
   */
  readonly spend?: ((units: number) => void) | undefined;
}

/** Adds to a request's context what the resolvers need, such as loaders that live as long as the request. */
export type ContextFactory<Context extends RequestContext> = (
  request: RequestContext,
) => Context | Promise<Context>;
