import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { composedKey } from '../composed-key.js';
import { type Cost, costOf } from './cost.js';
import { sizeArguments } from './list-sizes.js';

type Variables = Readonly<Record<string, unknown>>;

const mostKnown = 50;

/**
 * Counts what an operation costs, once for all variables that cost the same: those that size a list or decide whether
 * something is in the answer make the difference, all others do not.
 */
export function knownCosts(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => Cost {
  const deciding = decidingVariables(document);
  const known = new Map<string, Cost>();
  return (variables) => {
    const key = composedKey(...deciding.map((name) => JSON.stringify(variables[name])));
    const before = known.get(key);
    if (before) return before;
    const cost = costOf(schema, document, operation, variables);
    if (known.size >= mostKnown) known.clear();
    known.set(key, cost);
    return cost;
  };
}

function decidingVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const sizes: ReadonlySet<string> = new Set(sizeArguments);
  const add = ({ value }: ArgumentNode) => {
    if (value.kind === Kind.VARIABLE) names.add(value.name.value);
  };
  visit(document, {
    Directive({ arguments: given = [] }) {
      given.forEach(add);
    },
    Field({ arguments: given = [] }) {
      given.filter(({ name }) => sizes.has(name.value)).forEach(add);
    },
  });
  return [...names];
}
