import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

export type CoercedVariables =
  | { readonly coerced: Record<string, unknown>; readonly fault?: undefined }
  | { readonly coerced?: undefined; readonly fault: GraphQLError };

/**
 * The variables of an operation with their defaults, or the first thing that is wrong with them. Only the first,
 * because each error of graphql-js prints the whole object that it is about.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): CoercedVariables {
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 });
  if (coerced) return { coerced };
  const [first] = errors as readonly GraphQLError[];
  return {
    fault: new GraphQLError(first?.message ?? '', {
      nodes: first?.nodes,
      originalError: first,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    }),
  };
}
