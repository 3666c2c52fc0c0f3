import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';

/** A document with one place for a text from outside, in the variable `$value`. */
export interface Place {
  /** Where the text goes, such as `Query.songs(filter.title.contains)`. */
  readonly name: string;
  readonly query: string;
  /** Whether any text fits, or any that looks like an address. */
  readonly isText: boolean;
}

const texts = new Set(['String', 'ID', 'Address', 'JSON']);
/** Scalars that are written as texts. */
const textual = new Set([...texts, 'DateTime', 'Decimal', 'BigInt', 'TimeZone']);

/** How to come to an object of a type, as the tests' world has it. */
const ways: Readonly<Record<string, (selection: string) => string>> = {
  Query: (selection) => selection,
  Artist: (selection) => `artist(address: "0xa11ce") { ${selection} }`,
  Song: (selection) => `song(id: "song-01") { ${selection} }`,
  GenreStats: (selection) => `genre(name: "Rock") { ${selection} }`,
  Listener: (selection) => `listener(address: "0xa11ce") { ${selection} }`,
  PlatformStats: (selection) => `platformStats { ${selection} }`,
  Monitoring: (selection) => `monitoring { ${selection} }`,
};

/** Every place of a schema where a query takes a text, filters and cursors among them. */
export function listStringArguments(schema: GraphQLSchema): Place[] {
  return Object.entries(ways).flatMap(([typeName, way]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`Expected a type ${typeName}, got none.`);
    return Object.values(type.getFields()).flatMap((field) => placesOf(typeName, field, way));
  });
}

function placesOf(
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  way: (selection: string) => string,
): Place[] {
  return field.args.flatMap((argument) =>
    pathsOf(argument.type, 1).map(({ path, write, type }) => {
      const others = field.args
        .filter(
          (other) => other !== argument && isNonNullType(other.type) && other.defaultValue === undefined,
        )
        .map((other) => `${other.name}: "x"`);
      const given = [`${argument.name}: ${write('$value')}`, ...others].join(', ');
      const selection = isScalarType(getNamedType(field.type)) ? '' : '{ __typename }';
      return {
        name: `${typeName}.${field.name}(${[argument.name, ...path].join('.')})`,
        isText: texts.has(type.replace('!', '')),
        query: `query ($value: ${type}) { ${way(`${field.name}(${given}) ${selection}`)} }`,
      };
    }),
  );
}

interface Path {
  readonly path: readonly string[];
  readonly write: (value: string) => string;
  /** Of the variable; it takes a text where the place takes one. */
  readonly type: string;
}

/** The places inside of an argument. */
function pathsOf(type: GraphQLInputType, depth: number): Path[] {
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return pathsOf(nullable.ofType, depth).map((inner) => ({
      ...inner,
      write: (value) => `[${inner.write(value)}]`,
    }));
  if (isScalarType(nullable))
    return textual.has(nullable.name)
      ? [{ path: [], write: (value) => value, type: `${nullable.name}!` }]
      : [];
  if (!isInputObjectType(nullable) || depth > 3) return [];
  return Object.values(nullable.getFields()).flatMap((field) => {
    const inside = pathsOf(field.type, depth + 1);
    // A filter in a filter is the same filter once more: one place in it is enough.
    return (getNamedType(field.type) === nullable ? inside.slice(0, 1) : inside).map(
      ({ path, write, type: inner }) => ({
        path: [field.name, ...path],
        write: (value: string) => `{ ${field.name}: ${write(value)} }`,
        type: inner,
      }),
    );
  });
}
