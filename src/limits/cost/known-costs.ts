import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { type Cost, costOf } from './cost.js';
import { maxWeighed } from './filter-load.js';
import { sizeArguments } from './list-sizes.js';
import { seriesArguments } from './series-length.js';

type Variables = Readonly<Record<string, unknown>>;

const maxKnown = 100;
/** Longer values are counted anew each time, so that what is remembered stays small. */
const maxKeyLength = 300;

/**
 * Counts what an operation costs, once for all variables that cost the same: those that size or order a list or a series
 * or decide whether something is in the answer count by their values, those of filters by their shape, and all others do not count.
 */
export function knownCosts(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => Cost {
  const { byValue, byShape } = decidingVariables(document);
  const known = new Map<string, Cost>();
  return (variables) => {
    let key = JSON.stringify(byValue.map((name) => variables[name] ?? null));
    for (const name of byShape) key += shapeOf(variables[name]);
    const before = known.get(key);
    if (before) return before;
    const cost = costOf(schema, document, operation, variables);
    if (key.length > maxKeyLength) return cost;
    if (known.size >= maxKnown) known.clear();
    known.set(key, cost);
    return cost;
  };
}

/** What `filterLoad` can tell of a value: which fields there are, how long texts are and lists of values. */
function shapeOf(value: unknown): string {
  if (typeof value === 'string') return `"${value.length}`;
  if (typeof value !== 'object' || value === null) return value === undefined ? '-' : '.';
  if (!Array.isArray(value)) {
    let shape = '{';
    for (const [name, inner] of Object.entries(value)) shape += `${name}${shapeOf(inner)}`;
    return `${shape}}`;
  }
  const isOfValues = value.every((inner) => typeof inner !== 'object' || inner === null);
  return isOfValues ? `[${Math.min(value.length, maxWeighed)}]` : `[${value.map(shapeOf).join('')}]`;
}

interface DecidingVariables {
  readonly byValue: readonly string[];
  readonly byShape: readonly string[];
}

function decidingVariables(document: DocumentNode): DecidingVariables {
  const byValue = new Set<string>();
  const inFilters = new Set<string>();
  const add = (names: Set<string>, { value }: ArgumentNode) =>
    visit(value, {
      Variable({ name }) {
        names.add(name.value);
      },
    });
  const weighed: ReadonlySet<string> = new Set([...sizeArguments, ...seriesArguments, 'orderBy', 'query']);
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const argument of given) add(byValue, argument);
    },
    Field({ arguments: given = [] }) {
      for (const argument of given) {
        if (argument.name.value === 'filter') add(inFilters, argument);
        else if (weighed.has(argument.name.value)) add(byValue, argument);
      }
    },
  });
  return { byValue: [...byValue], byShape: [...inFilters].filter((name) => !byValue.has(name)) };
}
