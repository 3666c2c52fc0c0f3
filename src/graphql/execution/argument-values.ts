import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getArgumentValues,
  isInputObjectType,
  isNonNullType,
  Kind,
  type ValueNode,
  valueFromAST,
  visit,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** Reads a value with the variables in it; undefined for what is left out. */
type ReadValue = (variables: Values) => unknown;

/** Thrown to fall back to `getArgumentValues` of graphql-js, which reports the error. */
class NeedsFallback extends Error {}

const noArguments = Object.freeze({});

/**
 * Makes what gives a field its arguments, the same that graphql-js would: what the document settles is settled once,
 * and a run only puts in the variables, which were coerced before. Anything that is refused, or might be, is left to
 * graphql-js.
 */
export function argumentsReader(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Values) => Values {
  if (field.args.length === 0) return () => noArguments;
  const read = compileArguments(field, node);
  return (variables) => {
    try {
      if (read) return read(variables);
    } catch (error) {
      if (!(error instanceof NeedsFallback)) throw error;
    }
    return getArgumentValues(field, node, variables);
  };
}

function compileArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): ((variables: Values) => Values) | null {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  return compileFields(field.args, given, false);
}

interface Definition {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
}

/** The fields of an input object, or the arguments of a field, in the order of their definitions. */
function compileFields(
  definitions: readonly Definition[],
  given: ReadonlyMap<string, ValueNode>,
  isObject: boolean,
): ((variables: Values) => Values) | null {
  const readers: { readonly name: string; readonly read: ReadValue }[] = [];
  for (const { name, type, defaultValue } of definitions) {
    const value = given.get(name);
    if (!value) {
      if (defaultValue !== undefined) readers.push({ name, read: () => defaultValue });
      else if (isNonNullType(type)) return null;
      continue;
    }
    const read = compileValue(value, type, defaultValue);
    if (!read) return null;
    readers.push({ name, read });
  }
  return (variables) => {
    const values: Record<string, unknown> = isObject ? Object.create(null) : {};
    for (const { name, read } of readers) {
      const value = read(variables);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
}

function compileValue(node: ValueNode, type: GraphQLInputType, defaultValue: unknown): ReadValue | null {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    const isRequired = isNonNullType(type);
    return (variables) => {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined && isRequired && defaultValue === undefined) throw new NeedsFallback();
      if (value === null && isRequired) throw new NeedsFallback();
      return value === undefined ? defaultValue : value;
    };
  }
  if (!usesVariable(node)) {
    const value = valueFromAST(node, type);
    return value === undefined ? null : () => value;
  }
  const inner = isNonNullType(type) ? type.ofType : type;
  if (node.kind !== Kind.OBJECT || !isInputObjectType(inner) || inner.isOneOf) return null;
  return compileFields(
    Object.values(inner.getFields()),
    new Map(node.fields.map(({ name, value }) => [name.value, value])),
    true,
  );
}

function usesVariable(node: ValueNode): boolean {
  let uses = false;
  visit(node, {
    Variable() {
      uses = true;
    },
  });
  return uses;
}
