import type { ApolloServerPlugin } from '@apollo/server';
import type { Tier } from '../../config/limits.js';
import { costOf } from '../../limits/cost/cost.js';
import { type CostLimits, type CostSaid, costFault } from '../../limits/cost/cost-limit.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import { coerceVariables } from '../execution/coerce-variables.js';
import type { RequestContext } from '../request-context.js';

/**
 * Computes the cost of each operation with its variables before it is executed, and reports it on request or
 * on refusal. Apollo skips validation rules for cached documents, so cost is checked in didResolveOperation.
 */
export function costPlugin<Context extends RequestContext>(
  limits: Readonly<Record<Tier, CostLimits>>,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { viewer, spend }, request }) {
      const limit = limits[viewer.kind];
      let said: CostSaid | undefined;
      let retryAfterSeconds: number | undefined;
      return {
        async didResolveOperation({ schema, document, operation }) {
          // The execution says what is wrong where no operation is found.
          if (!operation) return;
          const { coerced, fault: misfit } = coerceVariables(schema, operation, request.variables ?? {});
          if (misfit) throw misfit;
          const cost = costOf(schema, document, operation, coerced);
          const fault = costFault(cost, limit);
          if (fault?.code === 'COST_LIMIT_EXCEEDED' || request.extensions?.cost === true)
            said = { requested: cost.requested, limit: limit.cost };
          if (fault) throw fault;
          try {
            spend?.(cost.requested);
          } catch (error) {
            if (error instanceof RateLimited) retryAfterSeconds = error.retryAfterSeconds;
            throw error;
          }
        },
        async willSendResponse({ response }) {
          if (retryAfterSeconds !== undefined)
            response.http.headers.set('retry-after', String(retryAfterSeconds));
          if (!said || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, cost: said };
        },
      };
    },
  };
}
