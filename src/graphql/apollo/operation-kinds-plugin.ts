import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema, OperationTypeNode } from 'graphql';
import { badInput } from '../../errors.js';
import type { RequestContext } from '../request-context.js';

/** Refuses kinds of operations that nobody may ask for, which validation lets pass because no field can be looked up. */
export function operationKindsPlugin<Context extends RequestContext>(
  operatorSchema: GraphQLSchema,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation }) {
          const kind: OperationTypeNode | undefined = operation?.operation;
          if (kind && !operatorSchema.getRootType(kind))
            throw badInput(`The operation: expected a query or a mutation, got a ${kind}.`);
        },
      };
    },
  };
}
