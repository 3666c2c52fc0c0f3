import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import { composedKey } from '../composed-key.js';
import { introspectionCost } from './introspection-cost.js';
import { assumedList, assumedPage, knownLists, sizeArguments } from './list-sizes.js';

/** What a field costs for each object that it is read from, in units. A unit is about what one value costs. */
export const unitCosts = {
  /** A value. */
  value: 1,
  /** An object, which a loader reads together with others. */
  object: 5,
  /** A list or a connection: behind it stands a statement of its own. */
  list: 50,
  /** Counting over all pages. */
  totalCount: 100,
  /** The description of the schema, or a part of it: at least this much. */
  introspection: 1_000,
} as const;

/** What an operation costs with its variables, and the longest page that it asks for. */
export interface Cost {
  readonly requested: number;
  readonly longest: { readonly argument: string; readonly size: number } | null;
}

/** Larger costs are all the same; it also keeps products of large numbers exact. */
const mostCost = 1_000_000_000_000;

/**
 * Counts what an operation costs before anything of it is executed: each field costs its units once for every object
 * it is read from, so lists multiply what is in them. Sizes come from the arguments as they will be executed, with
 * variables and defaults in place. The document has to be valid, and the variables coerced.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  const root = schema.getRootType(operation.operation);
  if (!root) return { requested: 0, longest: null };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  /** A fragment costs the same wherever it is used on pages of one size; counting it anew each time may take for ever. */
  const known = new Map<string, number>();
  let longest: Cost['longest'] = null;

  /** `page` is how many rows the connection has that the selection belongs to. */
  const ofSelection = (selection: SelectionSetNode, type: GraphQLNamedType, page: number): number => {
    let sum = 0;
    for (const node of selection.selections) {
      if (!isIncluded(node, variables)) continue;
      if (node.kind === Kind.FIELD) sum += ofField(node, type, page);
      else if (node.kind === Kind.FRAGMENT_SPREAD) sum += ofFragment(node.name.value, page);
      else
        sum += ofSelection(
          node.selectionSet,
          node.typeCondition ? (schema.getType(node.typeCondition.name.value) ?? type) : type,
          page,
        );
      if (sum > mostCost) return mostCost;
    }
    return sum;
  };

  const ofFragment = (name: string, page: number): number => {
    const fragment = fragments.get(name);
    if (!fragment) return 0;
    const key = composedKey(page, name);
    const before = known.get(key);
    if (before !== undefined) return before;
    // A circle is not valid, and must not keep anybody here either.
    known.set(key, 0);
    const type = schema.getType(fragment.typeCondition.name.value);
    const cost = type ? ofSelection(fragment.selectionSet, type, page) : 0;
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType, page: number): number => {
    const name = node.name.value;
    if (name === '__typename') return unitCosts.value;
    if (name === '__schema' || name === '__type')
      return Math.max(unitCosts.introspection, introspectionCost(schema, fragments, node.selectionSet));
    const field = fieldOf(parent, name);
    if (!field) return unitCosts.value;
    const type = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const isPage = isPageType(parent);
    if (!node.selectionSet || !isCompositeType(type)) {
      if (isPage && name === 'totalCount') return unitCosts.totalCount;
      return isList ? unitCosts.value * sizeOf(node, field, parent) : unitCosts.value;
    }
    if (isPage) {
      const rows = isList ? page : 1;
      return unitCosts.value + rows * ofSelection(node.selectionSet, type, page);
    }
    if (isPageType(type)) {
      const size = sizeOf(node, field, parent);
      return unitCosts.list + ofSelection(node.selectionSet, type, size);
    }
    if (isList) {
      const size = sizeOf(node, field, parent);
      return unitCosts.list + size * ofSelection(node.selectionSet, type, 1);
    }
    return unitCosts.object + ofSelection(node.selectionSet, type, 1);
  };

  /** Negative sizes cost nothing: whoever reads the list refuses them. */
  const sizeOf = (
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLNamedType,
  ): number => {
    let size: number | null = null;
    for (const argument of sizeArguments) {
      const value = sizeGiven(argument, field, node, variables);
      if (typeof value !== 'number') continue;
      size = Math.max(size ?? 0, value);
      if (argument !== 'limit' && value > (longest?.size ?? 0)) longest = { argument, size: value };
    }
    if (size !== null) return size;
    const isPage = isPageType(getNamedType(field.type));
    return knownLists.get(`${parent.name}.${field.name}`) ?? (isPage ? assumedPage : assumedList);
  };

  const requested = Math.min(mostCost, ofSelection(operation.selectionSet, root, 1));
  return { requested, longest };
}

/** Whether a type is a page of rows, or a row's place in one: what it holds costs no statement of its own. */
function isPageType(type: GraphQLNamedType): boolean {
  if (!(type instanceof GraphQLObjectType)) return false;
  const fields = type.getFields();
  return Boolean((fields.nodes && fields.pageInfo) || (fields.node && fields.cursor));
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (!isCompositeType(type) || !('getFields' in type)) return undefined;
  return (type as Exclude<GraphQLCompositeType, { getTypes: unknown }>).getFields()[name];
}

function isIncluded(
  node: SelectionSetNode['selections'][number],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (!node.directives?.length) return true;
  try {
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
  } catch {
    return true;
  }
}

/** What an argument for a size comes to. What does not fit is refused by whoever executes the field. */
function sizeGiven(
  argument: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  const definition = field.args.find(({ name }) => name === argument);
  if (!definition) return undefined;
  const value = node.arguments?.find(({ name }) => name.value === argument)?.value;
  if (!value) return definition.defaultValue;
  // Null is the usual size, too.
  if (value.kind !== Kind.VARIABLE) return valueFromAST(value, definition.type) ?? definition.defaultValue;
  const { value: name } = value.name;
  return (Object.hasOwn(variables, name) ? variables[name] : null) ?? definition.defaultValue;
}
