import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

export function fragmentsOf(document: DocumentNode): Fragments {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}

/**
 * The fields that selections ask an object type for, by the keys that they are answered under, in the order of the
 * answer. No directive among them may depend on a variable.
 */
export function selectionFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (!isIncluded(selection)) continue;
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

function isIncluded(selection: SelectionNode): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection);
  return skip?.if !== true && include?.if !== false;
}
