import fc from 'fast-check';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileOperation } from '../../../src/graphql/execution/write-operation.js';

/** Everything that a type can be: null or not, lists of lists, leaves of each kind. */
const schema = buildSchema(`
  type Query {
    leaf: Leaf
    leafNotNull: Leaf!
    tree(depth: Int = 2, label: String): Tree
    trees: [Tree!]
    treesNotNull: [Tree!]!
    loose: [Tree]
  }
  type Tree {
    name: String!
    maybe: String
    echo(text: String! = "none", numbers: [Int!]): String
    left: Tree
    right: Tree!
    all: [Tree!]!
    some: [Tree]
    grid: [[Int]!]
    leaf: Leaf!
  }
  type Leaf { text: String id: ID! whole: Int! real: Float yes: Boolean colour: Colour colours: [Colour!] }
  enum Colour { RED GREEN }
`);

/** What a field may turn out to be, by chance: as it should, late, null, an error, something else. */
type Mood = 'good' | 'late' | 'null' | 'undefined' | 'throws' | 'rejects' | 'error' | 'wrong' | 'late items';

/** Gives every field of the schema a resolver whose mood follows from the path and a seed. */
function moody(moods: readonly Mood[]): GraphQLSchema {
  const resolve = (value: () => unknown, key: string): unknown => {
    const mood = moods[hash(key) % moods.length] as Mood;
    if (mood === 'late') return Promise.resolve().then(value);
    if (mood === 'null') return null;
    if (mood === 'undefined') return undefined;
    if (mood === 'throws') throw new Error(`thrown at ${key}`);
    if (mood === 'rejects') return Promise.reject(new Error(`rejected at ${key}`));
    if (mood === 'error') return new Error(`given at ${key}`);
    if (mood === 'wrong') return Symbol('wrong');
    if (mood === 'late items') {
      const good = value();
      return Array.isArray(good)
        ? good.map((each, index) => (index % 2 ? each : Promise.resolve(each)))
        : good;
    }
    return value();
  };
  const copy = buildSchema(schemaText);
  for (const type of Object.values(copy.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const isPlain = type.name === 'Leaf' && field.name !== 'colours';
      if (isPlain) continue;
      field.resolve = (source: { readonly at?: string }, given, _context, info) => {
        const key = `${source?.at ?? ''}/${info.path.key}`;
        return resolve(() => madeFor(field.type.toString(), key, given), key);
      };
    }
  }
  return copy;
}

const schemaText = printSchema(schema);

function madeFor(type: string, at: string, given: object): unknown {
  if (type.startsWith('[[')) return [[1, null, 3], [4]];
  if (type.startsWith('[')) {
    const one = type.replace(/[[\]!]/g, '');
    return [0, 1, 2].map((index) => madeFor(one, `${at}/${index}`, given));
  }
  const name = type.replace('!', '');
  if (name === 'Tree') return { at };
  if (name === 'Colour') return 'RED';
  if (name === 'Leaf')
    return {
      text: hash(at) % 5 === 0 ? null : `"quoted"\n\\ ü ${at}\u2028\ud800`,
      id: hash(at) % 7 === 0 ? 12 : at,
      whole: hash(at) % 11 === 0 ? 1.5 : hash(at) % 1000,
      real: hash(at) % 3 === 0 ? 1e-7 : 2.5,
      yes: hash(at) % 2 === 0,
      colour: hash(at) % 13 === 0 ? 'BLUE' : 'GREEN',
    };
  return `${at} ${JSON.stringify(given)}`;
}

function hash(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) % 1_000_003;
  return sum;
}

/** A selection of fields of a type, a few levels deep, with aliases, fragments and directives. */
function selectionOf(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).map((field) => {
    const below = getNamedType(field.type);
    const inner =
      isObjectType(below) && depth > 0 ? selectionOf(below, depth - 1) : fc.constant('{ __typename }');
    const needsInner = isObjectType(below);
    return fc
      .tuple(fc.constantFrom('', 'one: ', 'two: '), inner, fc.constantFrom(...argumentsFor(field.name)))
      .map(
        ([alias, selection, given]) =>
          // Two fields under one key would have to be the same.
          `${alias === '' ? '' : `${field.name}_${alias}`}${field.name}${alias === '' ? '' : given}${needsInner ? ` ${selection}` : ''}`,
      );
  });
  const one = fc.oneof(...fields, fc.constant('__typename'));
  return fc
    .array(fc.tuple(one, fc.constantFrom('', '', '', 'on', 'skip', 'include')), {
      minLength: 1,
      maxLength: 4,
    })
    .map(
      (chosen) =>
        `{ ${chosen
          .map(([text, how]) => {
            if (how === 'on') return `... on ${type.name} { ${text} }`;
            if (how === 'skip') return `... @skip(if: false) { ${text} }`;
            if (how === 'include') return `... @include(if: false) { ${text} }`;
            return text;
          })
          .join(' ')} __typename }`,
    );
}

function argumentsFor(name: string): [string, ...string[]] {
  if (name === 'tree') return ['', '(depth: $depth)', '(label: "x")'];
  if (name === 'echo') return ['', '(numbers: [1, 2])', '(text: $text)', '(numbers: $numbers)'];
  return [''];
}

const definitions = '($depth: Int, $text: String! = "given", $numbers: [Int!])';

const moods = fc.array(
  fc.constantFrom<Mood>('good', 'good', 'good', 'late', 'null', 'undefined', 'throws', 'rejects', 'error', 'wrong', 'late items'), // biome-ignore format: a list
  { minLength: 1, maxLength: 9 },
);

interface Case {
  readonly selection: string;
  readonly moods: readonly Mood[];
  readonly variables: Readonly<Record<string, unknown>>;
}

const cases = fc.record<Case>({
  selection: selectionOf(schema.getQueryType() as GraphQLObjectType, 3),
  moods,
  variables: fc.constantFrom<Case['variables']>(
    { text: 'given' },
    { text: 'other', numbers: [3], depth: null },
  ),
});

const documentOf = ({ selection }: Case) => parse(`query ${definitions} ${selection}`);

/** The interpreter forgets about what it has begun where a list fails; that is its own affair. */
async function interpreted(each: Case): Promise<ExecutionResult> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => {});
  try {
    const result = await execute({
      schema: moody(each.moods),
      document: documentOf(each),
      variableValues: each.variables,
    });
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

describe('A compiled operation', () => {
  it('answers as an interpreted one does, errors, nulls and all', async () => {
    let withErrors = 0;
    for (const each of fc.sample(cases, 1_500)) {
      const { data, errors: meant = [] } = await interpreted(each);
      const document = documentOf(each);
      const operation = document.definitions[0] as OperationDefinitionNode;
      const written = await compileOperation(moody(each.moods), document, operation)?.(null, each.variables);
      const { errors: said = [] } = written ?? {};

      const told = (errors: readonly GraphQLError[]) => errors.map(textOf).sort();
      // Of failures within what became null, some are told of by chance; the others are all told.
      const visible = (errors: readonly GraphQLError[]) =>
        errors.filter(({ path = [] }) => stands(data, path));
      const context = JSON.stringify(each);
      expect(JSON.parse(written?.data ?? ''), context).toEqual(JSON.parse(JSON.stringify(data ?? null)));
      expect(said.length > 0, context).toBe(meant.length > 0);
      expect(told(visible(said)), context).toEqual(told(visible(meant)));
      if (meant.length > 0) withErrors += 1;
    }
    expect(withErrors).toBeGreaterThan(200);
  });

  it('has the fields that directives leave in place for the values of their variables', async () => {
    const text = `query ($wants: Boolean!, $skips: Boolean = true) {
      leaf { text @include(if: $wants) id @skip(if: $skips) ...More @include(if: $wants) }
    } fragment More on Leaf { whole yes @skip(if: $wants) }`;
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const real = moody(['good']);
    for (const wants of [true, false])
      for (const skips of [true, false]) {
        const variables = { wants, skips };
        const written = await compileOperation(real, document, operation, variables)?.(null, variables);
        const { data } = await execute({ schema: real, document, variableValues: variables });
        expect(JSON.parse(written?.data ?? ''), JSON.stringify(variables)).toEqual(
          JSON.parse(JSON.stringify(data)),
        );
      }
  });

  it('leaves directives whose values do not fit to the interpreter', () => {
    const document = parse('query ($wants: Boolean!) { leaf { text @include(if: $wants) } }');
    const operation = document.definitions[0] as OperationDefinitionNode;
    expect(compileOperation(schema, document, operation, {})).toBeNull();
    expect(compileOperation(schema, document, operation, { wants: null })).toBeNull();
  });
});

/** Whether there is a place in the answer that an error is about, and not only what it made null further up. */
function stands(data: unknown, path: readonly (string | number)[]): boolean {
  let place = data;
  for (const key of path) {
    if (place === null || place === undefined) return false;
    place = (place as Record<string | number, unknown>)[key];
  }
  return true;
}

/** What an error says, and where. */
function textOf({ message, path, locations }: GraphQLError): string {
  return JSON.stringify([path, message, locations]);
}
