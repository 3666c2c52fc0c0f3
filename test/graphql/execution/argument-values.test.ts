import {
  buildSchema,
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { argumentsReader } from '../../../src/graphql/execution/argument-values.js';

const schema = buildSchema(`
  type Query {
    find(filter: Filter, order: [Order!] = [{ field: A }], first: Int = 20, last: Int, must: Int!, word: String! = "w"): Int
    plain: Int
  }
  input Filter { name: Text, count: Count = { gte: 1 }, all: [Filter!], not: Filter, must: Must }
  input Text { eq: String, in: [String!], like: String = "%" }
  input Count { gte: Int, lt: Int }
  input Must { it: Int!, other: Int! = 3 }
  input Order { field: Field!, down: Boolean = false }
  enum Field { A B }
`);

const calls = [
  '(must: 1)',
  '(must: $n)',
  '(must: $n, word: $s)',
  '(must: 1, first: $n, last: null)',
  '(must: 1, filter: $f)',
  '(must: 1, filter: { name: { eq: $s } })',
  '(must: 1, filter: { name: { in: $l }, count: { lt: $n } })',
  '(must: 1, filter: { name: { in: [$s] } })',
  '(must: 1, filter: { name: { in: "one" }, count: null })',
  '(must: 1, filter: { not: { name: { like: $s } }, all: [{ name: { eq: "x" } }] })',
  '(must: 1, filter: { all: { name: { eq: $s } } })',
  '(must: 1, filter: { must: { it: $n } })',
  '(must: 1, filter: { must: { it: 1, other: $n } })',
  '(must: 1, filter: { name: { eq: $constructor } })',
  '(must: 1, order: { field: B, down: $b })',
  '(must: 1, order: [{ field: $e }])',
  '',
];
const sets: readonly Record<string, unknown>[] = [
  {},
  { n: 5, s: 'text', l: ['a', 'b'], f: { name: { eq: 'v' } }, b: true, e: 'B' },
  { n: null, s: null, l: null, f: null, b: null },
  { n: 0, s: '', l: [], f: {} },
];

describe('The arguments of a field', () => {
  const field = schema.getQueryType()?.getFields().find as GraphQLField<unknown, unknown>;

  it.each(calls)('are those that graphql-js finds: %s', (call) => {
    const document = parse(
      `query ($n: Int, $s: String, $l: [String!], $f: Filter, $b: Boolean, $e: Field = A, $constructor: String) { find${call} }`,
    );
    const operation = document.definitions[0] as OperationDefinitionNode;
    const node = operation.selectionSet.selections[0] as FieldNode;
    const read = argumentsReader(field, node);
    for (const given of sets) {
      const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
      const outcomeOf = (attempt: () => unknown) => {
        try {
          return attempt();
        } catch (error) {
          return String(error);
        }
      };
      const expected = outcomeOf(() => getArgumentValues(field, node, coerced));
      for (let time = 0; time < 2; time++) expect(outcomeOf(() => read(coerced))).toEqual(expected);
    }
  });
});
