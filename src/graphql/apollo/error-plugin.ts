import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { maxErrors } from '../../errors.js';
import type { Log, RequestContext } from '../request-context.js';
import { isUnavailable, retryAfterSeconds } from '../retry-after.js';
import { maskError, rootOf, shownCodeOf } from './mask-error.js';
import { warnOfOutage } from './outage-log.js';

/**
 * Logs internal errors and outages, and adds the request id to every error of the answer, so that both can be
 * matched. Repeated outages are throttled in the log. Client errors are not logged: their messages repeat the
 * query.
 */
export function errorPlugin<Context extends RequestContext>(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { log } }) {
          logErrors(errors, log);
        },
        async willSendResponse({ response, contextValue: { requestId } }) {
          if (response.body.kind !== 'single') return;
          const result = response.body.singleResult;
          if (!result.errors) return;
          result.errors = listed(result.errors).map((error) => withRequestId(error, requestId));
          if (isUnavailable(result)) response.http.headers.set('retry-after', retryAfterSeconds);
        },
      };
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      requestContext.contextValue.log.error({ err: rootOf(error) }, 'an unexpected error');
    },
  };
}

function logErrors(errors: readonly GraphQLError[], log: Log): void {
  for (const error of errors) {
    const code = shownCodeOf(error);
    if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: rootOf(error) }, 'an unexpected error');
    if (code === 'UNAVAILABLE' || code === 'TIMEOUT') warnOfOutage(error, code, log);
  }
}

/** Logs the errors of an execution, and says of them what an answer may say. */
export function presentErrors(
  errors: readonly GraphQLError[],
  log: Log,
  requestId: string,
): GraphQLFormattedError[] {
  logErrors(errors, log);
  return listed(errors).map((error) => withRequestId(maskError(error.toJSON(), error), requestId));
}

/** As many errors as an answer lists. Fields that failed beyond these are null, and say no more. */
function listed<E>(errors: readonly E[]): readonly E[] {
  return errors.slice(0, maxErrors);
}

/** An error of an answer, with the id of the request that it answers. */
export function withRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}
