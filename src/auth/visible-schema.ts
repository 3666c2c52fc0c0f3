import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { GraphQLFieldConfig, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { accessRuleOf } from './access.js';

/** Everybody who is no operator sees the same schema: what a listener may read more is decided value by value. */
export type Audience = 'public' | 'operator';

/**
 * The schema as an audience sees it. The public one has no field that only operators may ask for, and no type,
 * argument type or enum that only such fields lead to.
 */
export function schemaFor(schema: GraphQLSchema, audience: Audience): GraphQLSchema {
  if (audience === 'operator') return schema;
  const withoutOperatorFields = mapSchema(schema, {
    [MapperKind.COMPOSITE_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>, _name, typeName, within) =>
      accessRuleOf(within.getType(typeName) as GraphQLObjectType, field) === 'operator' ? null : field,
  });
  return pruneSchema(withoutOperatorFields);
}
