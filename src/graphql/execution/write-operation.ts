import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isNonNullType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../../language/fragments.js';
import { tokensOf } from '../documents/document-bytes.js';
import { argumentsReader } from './argument-values.js';
import { type QuickText, quickText } from './leaf-text.js';
import {
  below,
  ignoreRejections,
  isPromise,
  joined,
  nullOrThrow,
  type Path,
  type Run,
  type Text,
} from './run.js';
import { selectionFields } from './selection-fields.js';
import { valueWriter, type WriteValue } from './write-value.js';

/** An answer as it is written: `data` is JSON, `null` where an error left nothing of it. */
export interface Written {
  readonly data: string;
  readonly errors: readonly GraphQLError[];
}

/** Answers an operation; `variables` are coerced. It never throws. */
export type WriteOperation = (
  context: unknown,
  variables: Readonly<Record<string, unknown>>,
) => Written | Promise<Written>;

/** Writes one field of an object, with its key. */
interface FieldWriter {
  /** The key as it stands in the answer, with its colon. */
  readonly key: string;
  /** Where the value is had by reading the property of that name, and how it is written if it is as usual. */
  readonly property: { readonly name: string; readonly text: QuickText } | null;
  write(source: unknown, run: Run, path: Path): Text;
}

/** What is the same wherever in an operation. */
interface Setting {
  /** How many fields may still be compiled: what fragments repeat in many places may come to more than its text. */
  readonly left: { fields: number };
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  /** The values of the variables that directives use. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Makes of a valid query what answers it as text. Everything that follows from the schema and the document is settled
 * once: which fields there are, under which keys, of which types. A run calls the resolvers and writes what they give
 * straight into JSON; no object is made that would only be taken apart again. Errors and nulls are where GraphQL says.
 * What it writes holds for these values of the variables in directives. Null for what has to be interpreted: interfaces
 * and unions, fragments that come to more fields than the document has tokens, and directives whose values do not fit.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): WriteOperation | null {
  const type = schema.getRootType(operation.operation);
  const left = { fields: tokensOf(document) };
  const setting = { left, schema, operation, fragments: fragmentsOf(document), variables };
  if (!type || operation.operation !== 'query') return null;
  const write = attempt(() => objectWriter(setting, type, [operation.selectionSet]));
  if (!write) return null;

  return (context, variables) => {
    const run: Run = { context, variables, errors: [] };
    const nothing = (error: unknown): Written => ({
      data: 'null',
      errors: [...run.errors, error as GraphQLError],
    });
    try {
      const data = write(undefined, run, undefined);
      if (typeof data === 'string') return { data, errors: run.errors };
      return data.then((text) => ({ data: text, errors: run.errors }), nothing);
    } catch (error) {
      return nothing(error);
    }
  };
}

/** Null if a directive's value is invalid; graphql-js then reports the error. */
function attempt<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function objectWriter(
  setting: Setting,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): WriteValue | null {
  const writers: FieldWriter[] = [];
  for (const [key, nodes] of selectionFields(
    setting.schema,
    setting.fragments,
    type,
    selectionSets,
    setting.variables,
  )) {
    const writer = fieldWriter(setting, type, key, nodes);
    if (!writer) return null;
    writers.push({ ...writer, key: `${writers.length > 0 ? ',' : ''}${writer.key}` });
  }
  return (source, run, path) => {
    let text = '{';
    let parts: Text[] | null = null;
    try {
      for (const { key, property, write } of writers) {
        const quick = property?.text((source as Readonly<Record<string, unknown>>)[property.name]);
        const written = quick ?? write(source, run, path);
        if (typeof written === 'string') text += key + written;
        else {
          parts ??= [];
          parts.push(text + key, written);
          text = '';
        }
      }
    } catch (error) {
      if (parts) ignoreRejections(parts);
      throw error;
    }
    return parts === null ? `${text}}` : joined([...parts, `${text}}`]);
  };
}

function fieldWriter(
  setting: Setting,
  parent: GraphQLObjectType,
  responseKey: string,
  nodes: readonly FieldNode[],
): FieldWriter | null {
  setting.left.fields -= 1;
  if (setting.left.fields < 0) return null;
  const name = (nodes[0] as FieldNode).name.value;
  const key = `${JSON.stringify(responseKey)}:`;
  if (name === '__typename') {
    const text = JSON.stringify(parent.name);
    return { key, property: null, write: () => text };
  }
  const field = parent.getFields()[name];
  // Introspection: `__schema` is in no type.
  if (!field) return null;
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const writeValue = valueWriter(field.type, { parent, name, nodes }, (type) =>
    objectWriter(setting, type, selectionSets),
  );
  if (!writeValue) return null;

  const read = fieldReader(setting, parent, field, nodes);
  const isNullable = !isNonNullType(field.type);
  const type = getNullableType(field.type);
  // A leaf has nothing below it that would have to know where it stands.
  const isLeaf = isLeafType(type);
  const property = isLeaf && !field.resolve ? { name, text: quickText(type) } : null;
  const pathOf = (above: Path) => below(above, responseKey, parent.name);
  const refuse = (error: unknown, run: Run, above: Path) =>
    nullOrThrow(error, isNullable, nodes, pathOf(above), run);
  const settle = (value: unknown, run: Run, above: Path): Text => {
    try {
      if (isLeaf) return writeValue(value, run, undefined);
      const text = writeValue(value, run, pathOf(above));
      return typeof text === 'string' ? text : text.catch((error: unknown) => refuse(error, run, above));
    } catch (error) {
      return refuse(error, run, above);
    }
  };
  const write = (source: unknown, run: Run, above: Path): Text => {
    let value: unknown;
    try {
      value = read(source, run, above);
    } catch (error) {
      return refuse(error, run, above);
    }
    if (!isPromise(value)) return settle(value, run, above);
    return value.then(
      (each) => settle(each, run, above),
      (error) => refuse(error, run, above),
    );
  };
  return { key, property, write };
}

type Read = (source: unknown, run: Run, above: Path) => unknown;

/** How the value of a field is had: read from its object, or by its resolver. */
function fieldReader(
  { schema, operation, fragments }: Setting,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
): Read {
  const { name, resolve = defaultFieldResolver } = field;
  const argumentsOf = argumentsReader(field, nodes[0] as FieldNode);
  const read: Read = (source, run, above) => {
    const info: GraphQLResolveInfo = {
      fieldName: name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType: parent,
      path: below(above, nodes[0]?.alias?.value ?? name, parent.name),
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: run.variables,
    };
    return resolve(source, argumentsOf(run.variables), run.context, info);
  };
  if (field.resolve) return read;
  return (source, run, above) => {
    const value = (source as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'function' ? read(source, run, above) : value;
  };
}
