import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { type ErrorCode, isErrorCode } from '../../errors.js';
import type { RequestContext } from '../request-context.js';
import { shownCodeOf } from './mask-error.js';

/** Reports the error codes of answers whose HTTP status is below 400. */
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

/** Reports each error code of an answer once. */
export function countErrorCodes(errors: readonly GraphQLError[], onRefused: (code: ErrorCode) => void): void {
  for (const code of new Set(errors.map(shownCodeOf))) if (isErrorCode(code)) onRefused(code);
}
