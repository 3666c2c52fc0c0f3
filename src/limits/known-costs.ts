import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { type Cost, costOf } from './cost.js';
import { sizeArguments } from './list-sizes.js';

type Variables = Readonly<Record<string, unknown>>;

const mostKnown = 10;
/** Longer values are counted anew each time, so that what is remembered stays small. */
const longestKey = 300;

/**
 * Counts what an operation costs, once for all variables that cost the same: those that size, filter or order a list
 * or decide whether something is in the answer make the difference, all others do not.
 */
export function knownCosts(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => Cost {
  const deciding = decidingVariables(document);
  const known = new Map<string, Cost>();
  return (variables) => {
    const key = JSON.stringify(deciding.map((name) => variables[name] ?? null));
    const before = known.get(key);
    if (before) return before;
    const cost = costOf(schema, document, operation, variables);
    if (key.length > longestKey) return cost;
    if (known.size >= mostKnown) known.clear();
    known.set(key, cost);
    return cost;
  };
}

function decidingVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const weighing: ReadonlySet<string> = new Set([...sizeArguments, 'filter', 'orderBy', 'query']);
  const add = ({ value }: ArgumentNode) =>
    visit(value, {
      Variable({ name }) {
        names.add(name.value);
      },
    });
  visit(document, {
    Directive({ arguments: given = [] }) {
      given.forEach(add);
    },
    Field({ arguments: given = [] }) {
      given.filter(({ name }) => weighing.has(name.value)).forEach(add);
    },
  });
  return [...names];
}
