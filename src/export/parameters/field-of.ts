import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';

/** A field of the schema with the type that has it. */
export interface OwnedField {
  readonly owner: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** @throws Error for a name that is not in the schema */
export function fieldOf(schema: GraphQLSchema, type: string, field: string): OwnedField {
  const owner = schema.getType(type);
  const definition = isObjectType(owner) ? owner.getFields()[field] : undefined;
  if (!isObjectType(owner) || !definition)
    throw new Error(`Expected a field ${type}.${field} in the schema.`);
  return { owner, definition };
}
