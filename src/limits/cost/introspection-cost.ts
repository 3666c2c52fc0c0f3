import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { composedKey } from '../../composed-key.js';
import type { Fragments } from '../../language/fragments.js';

/** How long the lists are that describe a schema: on average over its types, or at most for a single type. */
interface Sizes {
  readonly average: Readonly<Record<string, number>>;
  readonly longest: Readonly<Record<string, number>>;
}

const known = new WeakMap<GraphQLSchema, Sizes>();

function sizesOf(schema: GraphQLSchema): Sizes {
  const before = known.get(schema);
  if (before) return before;
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (isObjectType(type) ? [Object.values(type.getFields())] : []));
  const inputs = types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0));
  const values = types.map((type) => (isEnumType(type) ? type.getValues().length : 0));
  const args = fields.flatMap((each) => each.map((field) => field.args.length));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const lengths = fields.map(({ length }) => length);
  const directives = schema.getDirectives().length;
  const sizes: Sizes = {
    average: {
      types: types.length,
      directives,
      fields: sum(lengths) / types.length,
      inputFields: sum(inputs) / types.length,
      enumValues: sum(values) / types.length,
      args: sum(args) / args.length,
    },
    longest: {
      types: types.length,
      directives,
      fields: Math.max(...lengths),
      inputFields: Math.max(...inputs),
      enumValues: Math.max(...values),
      args: Math.max(...args),
    },
  };
  known.set(schema, sizes);
  return sizes;
}

/** About every second type that is described is wrapped into another one, as in a list. */
const shareWithInnerType = 0.5;

/**
 * Estimates how many values a selection from `__schema` or `__type` has. All of them are put together at once, while
 * nothing else can happen.
 */
export function introspectionCost(
  schema: GraphQLSchema,
  fragments: Fragments,
  selectionSet: SelectionSetNode | undefined,
): number {
  const { average, longest } = sizesOf(schema);
  const measured = new Map<string, number>();
  /** `isWhole`: whether each type of the schema is described, and not one in particular. */
  const valuesIn = (selection: SelectionSetNode, isWhole: boolean): number => {
    let sum = 0;
    for (const node of selection.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) sum += valuesIn(node.selectionSet, isWhole);
      else if (node.kind === Kind.FRAGMENT_SPREAD) sum += valuesInFragment(node.name.value, isWhole);
      else {
        const name = node.name.value;
        const size = name === 'ofType' ? shareWithInnerType : ((isWhole ? average : longest)[name] ?? 1);
        // A field's type may be any, and mostly is one of those that have many fields.
        const goesOn = name === 'types' || (isWhole && name !== 'type' && name !== 'ofType');
        sum += 1 + (node.selectionSet ? size * (1 + valuesIn(node.selectionSet, goesOn)) : 0);
      }
    }
    return sum;
  };
  const valuesInFragment = (name: string, isWhole: boolean): number => {
    const key = composedKey(isWhole, name);
    const before = measured.get(key);
    if (before !== undefined) return before;
    measured.set(key, 0);
    const fragment = fragments[name];
    const values = fragment ? valuesIn(fragment.selectionSet, isWhole) : 0;
    measured.set(key, values);
    return values;
  };
  return selectionSet ? Math.ceil(valuesIn(selectionSet, false)) : 0;
}
