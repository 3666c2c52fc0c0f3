import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, validate } from 'graphql';
import { refusal } from '../../auth/refusal.js';
import { errorTable, type GatewayError } from '../../errors.js';
import type { RequestContext } from '../request-context.js';
import { maskError } from './mask-error.js';

/**
 * On the public schema an operator's field does not exist. Whoever asks for one nevertheless, and for nothing that is
 * wrong otherwise, is told which credentials are missing and not that there is no such field.
 */
export function operatorFieldsPlugin<Context extends RequestContext>(
  operatorSchema: GraphQLSchema,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { viewer } }) {
      let refused: GatewayError | undefined;
      return {
        async validationDidStart({ document }) {
          return async (errors) => {
            if (errors?.length && validate(operatorSchema, document).length === 0)
              refused = refusal(viewer, 'This operation', 'operator');
          };
        },
        async didResolveOperation({ operation, schema }) {
          // Without any mutation in the public schema, a mutation is not even validated against it.
          const kind = operation?.operation;
          if (!kind || schema.getRootType(kind) || !operatorSchema.getRootType(kind)) return;
          throw refusal(viewer, `A ${kind}`, 'operator');
        },
        async willSendResponse({ response }) {
          if (!refused || response.body.kind !== 'single') return;
          response.body.singleResult = { errors: [maskError({ message: refused.message }, refused)] };
          response.http.status = errorTable[refused.code].status;
        },
      };
    },
  };
}
