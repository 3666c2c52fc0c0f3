import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { leafText } from './leaf-text.js';
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

/**
 * Writes what a resolver gave as JSON.
 * @throws Error for what the type does not allow
 */
export type WriteValue = (value: unknown, run: Run, path: Path) => Text;

/** The field that values are written for. */
export interface Place {
  readonly parent: GraphQLObjectType;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/** Makes the writer of a type; null for interfaces and unions. */
export function valueWriter(
  type: GraphQLOutputType,
  place: Place,
  objectWriter: (type: GraphQLObjectType) => WriteValue | null,
): WriteValue | null {
  if (isNonNullType(type)) {
    const write = valueWriter(type.ofType, place, objectWriter);
    return write && requiring(write, place);
  }
  if (isListType(type)) {
    const write = valueWriter(type.ofType, place, objectWriter);
    return write && allowingNull(listWriter(write, !isNonNullType(type.ofType), place));
  }
  if (isLeafType(type)) return allowingNull((value) => leafText(type, value));
  if (!isObjectType(type) || type.isTypeOf) return null;
  const write = objectWriter(type);
  return write && allowingNull(write);
}

function allowingNull(write: WriteValue): WriteValue {
  return (value, run, path) => {
    if (value === null || value === undefined) return 'null';
    if (value instanceof Error) throw value;
    return write(value, run, path);
  };
}

function requiring(write: WriteValue, { parent, name }: Place): WriteValue {
  return (value, run, path) => {
    if (value === null || value === undefined)
      throw new Error(`Cannot return null for non-nullable field ${parent.name}.${name}.`);
    return write(value, run, path);
  };
}

function listWriter(write: WriteValue, isNullable: boolean, { parent, name, nodes }: Place): WriteValue {
  const item = (value: unknown, run: Run, path: NonNullable<Path>): Text => {
    const refuse = (error: unknown) => nullOrThrow(error, isNullable, nodes, path, run);
    try {
      const text = isPromise(value) ? value.then((each) => write(each, run, path)) : write(value, run, path);
      return typeof text === 'string' ? text : text.catch(refuse);
    } catch (error) {
      return refuse(error);
    }
  };
  return (value, run, path) => {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object)))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${parent.name}.${name}".`);
    let text = '[';
    const parts: Text[] = [];
    let index = 0;
    try {
      for (const each of value as Iterable<unknown>) {
        const written = item(each, run, below(path, index, undefined));
        if (index > 0) text += ',';
        if (typeof written === 'string') text += written;
        else {
          parts.push(text, written);
          text = '';
        }
        index += 1;
      }
    } catch (error) {
      ignoreRejections(parts);
      throw error;
    }
    text += ']';
    return parts.length === 0 ? text : joined([...parts, text]);
  };
}
