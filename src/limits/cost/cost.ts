import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import { composedKey } from '../../composed-key.js';
import { fragmentsOf } from '../../language/fragments.js';
import { isIncluded } from '../../language/included.js';
import { filterLoad, searchLoad, sortedColumns } from './filter-load.js';
import { introspectionCost } from './introspection-cost.js';
import { knownObjects } from './known-objects.js';
import { assumedList, assumedPage, knownLists, sizeArguments } from './list-sizes.js';
import { hasRevisedFigures, isEdition, selectsRevisedFigures } from './revised-figures.js';
import { seriesLength } from './series-length.js';
import {
  filterUnits,
  filterUnitsOfObject,
  searchUnits,
  seriesUnits,
  sortUnits,
  unitCosts,
} from './unit-costs.js';
import { withheldUnits, withheldUnitsOfFilter, withheldUnitsOfOrder } from './withheld-counts.js';

/** What an operation costs with its variables, and the longest page that it asks for. */
export interface Cost {
  readonly requested: number;
  /** Conditions in filters, at every place where a filter stands. */
  readonly conditions: number;
  /** Of these, and of the words of searches, those that look for a part of a text. */
  readonly patterns: number;
  /** Places where all rows are counted. */
  readonly counts: number;
  readonly longest: { readonly argument: string; readonly size: number } | null;
}

/** Larger costs are all the same; it also keeps products of large numbers exact. */
const maxCost = 1_000_000_000_000;

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
  if (!root) return { requested: 0, conditions: 0, patterns: 0, counts: 0, longest: null };
  const fragments = fragmentsOf(document);
  /** A fragment costs the same wherever it is used on pages of one size; counting it anew each time may take for ever. */
  const known = new Map<string, Sum>();
  let longest: Cost['longest'] = null;

  /** `page` is the page of the connection, or the series, that the selection belongs to. */
  const ofSelection = (selection: SelectionSetNode, type: GraphQLNamedType, page: PageLoad): Sum => {
    let sum = nothing;
    for (const node of selection.selections) {
      if (!mayBeIncluded(node, variables)) continue;
      if (node.kind === Kind.FIELD) sum = plus(sum, ofField(node, type, page));
      else if (node.kind === Kind.FRAGMENT_SPREAD) sum = plus(sum, ofFragment(node.name.value, page));
      else
        sum = plus(
          sum,
          ofSelection(
            node.selectionSet,
            node.typeCondition ? (schema.getType(node.typeCondition.name.value) ?? type) : type,
            page,
          ),
        );
      if (sum.units >= maxCost) return sum;
    }
    return sum;
  };

  const ofFragment = (name: string, page: PageLoad): Sum => {
    const fragment = fragments[name];
    if (!fragment) return nothing;
    const key = composedKey(page.rows, page.countUnits, name);
    const before = known.get(key);
    if (before !== undefined) return before;
    // A circle is not valid, and must not keep anybody here either.
    known.set(key, nothing);
    const type = schema.getType(fragment.typeCondition.name.value);
    const cost = type ? ofSelection(fragment.selectionSet, type, page) : nothing;
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType, page: PageLoad): Sum => {
    const name = node.name.value;
    if (name === '__typename') return units(unitCosts.value);
    if (name === '__schema' || name === '__type')
      return units(
        Math.max(unitCosts.introspection, introspectionCost(schema, fragments, node.selectionSet)),
      );
    const field = fieldOf(parent, name);
    if (!field) return units(unitCosts.value);
    const type = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const isPage = isPageType(parent);
    const isSeries = isSeriesType(parent);
    if (!node.selectionSet || !isCompositeType(type)) {
      if (isPage && name === 'totalCount') return { ...nothing, units: page.countUnits, counts: 1 };
      const values = isList ? sizeOf(node, field, parent) : 1;
      return units(unitCosts.value * values + withheldUnits(schema, parent.name, name));
    }
    if (isPage || isSeries) {
      const rows = isList ? page.rows : 1;
      // Besides its own buckets a series has only those that it is compared with, which are as many and are read once more.
      const isCompared = isSeries && name.startsWith('previous');
      const own = isCompared ? seriesUnits(page.rows) : unitCosts.value;
      return plus(units(own), times(rows, ofSelection(node.selectionSet, type, page)));
    }
    if (isSeriesType(type)) {
      const rows = seriesLength((argument) => argumentGiven(argument, field, node, variables));
      return plus(
        units(seriesUnits(rows)),
        ofSelection(node.selectionSet, type, { rows, countUnits: single.countUnits }),
      );
    }
    const load = loadOf(node, field, parent === root);
    if (isPageType(type)) {
      const below = { rows: sizeOf(node, field, parent), countUnits: load.countUnits };
      return plus(plus(units(unitCosts.list), load.sum), ofSelection(node.selectionSet, type, below));
    }
    if (isList) {
      const size = sizeOf(node, field, parent);
      const revising = revisionUnits(node.selectionSet, type, isEdition(parent) ? 1 : size);
      return plus(
        plus(units(unitCosts.list + revising), load.sum),
        times(size, ofSelection(node.selectionSet, type, single)),
      );
    }
    const object = knownObjects.get(`${parent.name}.${name}`) ?? unitCosts.object;
    return plus(units(object), ofSelection(node.selectionSet, type, single));
  };

  /** What revised figures cost: the plays of each edition's week are counted once, for however many of its entries. */
  const revisionUnits = (selection: SelectionSetNode, type: GraphQLNamedType, editions: number): number =>
    hasRevisedFigures(type) && selectsRevisedFigures(selection, fragments)
      ? editions * unitCosts.revision
      : 0;

  /** What finding the rows of a list costs, and what counting them does. */
  const loadOf = (
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    isOfView: boolean,
  ): { readonly sum: Sum; readonly countUnits: number } => {
    const filterGiven = argumentGiven('filter', field, node, variables);
    const filter = filterLoad(filterGiven);
    // Below the root, `query` is the document of `explain`.
    const search = searchLoad(isOfView ? argumentGiven('query', field, node, variables) : undefined);
    const order = field.args.find((argument) => argument.name === 'orderBy');
    const orderType = order && getNamedType(order.type).name;
    const orderGiven = orderType ? argumentGiven('orderBy', field, node, variables) : undefined;
    const columns = orderType ? sortedColumns(orderType, orderGiven) : 0;
    const filtering =
      (isOfView ? filterUnits(filter) : filterUnitsOfObject(filter)) +
      (orderType ? withheldUnitsOfFilter(schema, orderType, filterGiven) : 0);
    const sorting = orderType ? withheldUnitsOfOrder(schema, orderType, orderGiven) : 0;
    const units = isOnlyCounted(node)
      ? 0
      : filtering + sorting + (isOfView ? searchUnits(search) + sortUnits(columns) : 0);
    const counting = isOfView ? unitCosts.totalCountOfView : unitCosts.totalCount;
    return {
      sum: {
        units,
        conditions: filter.conditions + search.conditions,
        patterns: filter.patterns + search.patterns,
        counts: 0,
      },
      countUnits: counting + filtering,
    };
  };

  /** Negative sizes cost nothing: whoever reads the list refuses them. */
  const sizeOf = (
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLNamedType,
  ): number => {
    let size: number | null = null;
    for (const argument of sizeArguments) {
      const given = argumentGiven(argument, field, node, variables);
      const value = Array.isArray(given) ? given.length : given;
      if (typeof value !== 'number') continue;
      size = Math.max(size ?? 0, value);
      if (argument !== 'limit' && value > (longest?.size ?? 0)) longest = { argument, size: value };
    }
    if (size !== null) return size;
    const isPage = isPageType(getNamedType(field.type));
    return knownLists.get(`${parent.name}.${field.name}`) ?? (isPage ? assumedPage : assumedList);
  };

  const { units: requested, ...load } = ofSelection(operation.selectionSet, root, single);
  return { requested, ...load, longest };
}

/** What a part of an operation comes to. */
interface Sum {
  readonly units: number;
  readonly conditions: number;
  readonly patterns: number;
  readonly counts: number;
}

/** A page of a connection, or a series: how many rows or buckets it has, and what counting over all of its pages costs. */
interface PageLoad {
  readonly rows: number;
  readonly countUnits: number;
}

const nothing: Sum = Object.freeze({ units: 0, conditions: 0, patterns: 0, counts: 0 });
const single: PageLoad = Object.freeze({ rows: 1, countUnits: unitCosts.totalCount });

function units(count: number): Sum {
  return { units: count, conditions: 0, patterns: 0, counts: 0 };
}

function plus(one: Sum, other: Sum): Sum {
  return {
    units: Math.min(maxCost, one.units + other.units),
    conditions: Math.min(maxCost, one.conditions + other.conditions),
    patterns: Math.min(maxCost, one.patterns + other.patterns),
    counts: Math.min(maxCost, one.counts + other.counts),
  };
}

/** Of what a list repeats only the units are multiplied: its conditions are the same ones for each row. */
function times(rows: number, sum: Sum): Sum {
  return { ...sum, units: Math.min(maxCost, rows * sum.units) };
}

/** Whether nothing is asked of a connection but the number of its rows, so that none is read. */
function isOnlyCounted({ selectionSet }: FieldNode): boolean {
  const { selections = [] } = selectionSet ?? {};
  return (
    selections.length > 0 &&
    selections.every((node) => node.kind === Kind.FIELD && node.name.value === 'totalCount')
  );
}

/** Whether a type is a page of rows, or a row's place in one: what it holds costs no statement of its own. */
function isPageType(type: GraphQLNamedType): boolean {
  if (!(type instanceof GraphQLObjectType)) return false;
  const fields = type.getFields();
  return Boolean((fields.nodes && fields.pageInfo) || (fields.node && fields.cursor));
}

/** Whether a type is a series: its buckets are as many as the arguments of the field that gives it say. */
function isSeriesType(type: GraphQLNamedType): boolean {
  return type instanceof GraphQLObjectType && type.getFields().buckets !== undefined;
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (!isCompositeType(type) || !('getFields' in type)) return undefined;
  return (type as Exclude<GraphQLCompositeType, { getTypes: unknown }>).getFields()[name];
}

/** What does not fit is refused by the execution. */
function mayBeIncluded(
  node: SelectionSetNode['selections'][number],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  try {
    return isIncluded(node, variables);
  } catch {
    return true;
  }
}

/** What an argument comes to. What does not fit is refused by whoever executes the field. */
function argumentGiven(
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
  if (value.kind !== Kind.VARIABLE)
    return valueFromAST(value, definition.type, variables) ?? definition.defaultValue;
  const { value: name } = value.name;
  return (Object.hasOwn(variables, name) ? variables[name] : null) ?? definition.defaultValue;
}
