import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { type ErrorCode, isErrorCode } from '../../errors.js';
import type { RequestContext } from '../request-context.js';
import { shownCodeOf } from './mask-error.js';

/** Tells of refusals that stand in an answer whose status says that all is well. */
export function refusalsPlugin<Context extends RequestContext>(
  onRefused: (code: ErrorCode) => void,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, errors = [] }) {
          if ((response.http.status ?? 200) >= 400) return;
          countErrorCodes(errors, onRefused);
        },
      };
    },
  };
}

/** Tells of each code once that stands in an answer. */
export function countErrorCodes(errors: readonly GraphQLError[], onRefused: (code: ErrorCode) => void): void {
  for (const code of new Set(errors.map(shownCodeOf))) if (isErrorCode(code)) onRefused(code);
}
