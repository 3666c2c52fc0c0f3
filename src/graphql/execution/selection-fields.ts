import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../../language/fragments.js';
import { isIncluded } from '../../language/included.js';

/**
 * The fields that selections ask an object type for, by the keys that they are answered under, in the order of the
 * answer, with these values of the variables in directives.
 * @throws GraphQLError when one of these values does not fit
 */
export function selectionFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const part =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragmentOnce(selection.name.value) : (selection ?? null);
      if (part && appliesTo(schema, type, part.typeCondition?.name.value)) collect(part.selectionSet);
    }
  };
  const fragmentOnce = (name: string) => {
    if (spread.has(name)) return null;
    spread.add(name);
    return fragments[name] ?? null;
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

function appliesTo(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wider = schema.getType(condition);
  return wider !== undefined && !isObjectType(wider) && 'getFields' in wider
    ? schema.isSubType(wider as Parameters<GraphQLSchema['isSubType']>[0], type)
    : false;
}
