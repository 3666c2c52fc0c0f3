import {
  extendSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalIdOf } from '../../src/analytics/node/global-id.js';
import { type AccessRule, accessRuleOf } from '../../src/auth/access.js';
import { enforceAccess } from '../../src/auth/enforce-access.js';
import { ListenerDocument } from '../../src/client/operations.js';
import { createSchema } from '../../src/schema/schema.js';
import { openFresh } from '../support/databases.js';
import { alice, bob } from '../support/fixture.js';
import { type Asker, type Gateway, startGateway } from '../support/gateway.js';

const schema = await createSchema();

let gateway: Gateway;
beforeAll(async () => {
  const database = await openFresh('fixture');
  gateway = await startGateway(database);
});
afterAll(() => gateway?.close());

interface Step {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** The shortest way from the root to each object type. */
function routesOf(operation: 'query' | 'mutation'): Map<string, readonly Step[]> {
  const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  const routes = new Map<string, readonly Step[]>();
  if (!root) return routes;
  routes.set(root.name, []);
  for (const [name, route] of routes) {
    const type = schema.getType(name) as GraphQLObjectType;
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      if (isObjectType(next) && !routes.has(next.name)) routes.set(next.name, [...route, { type, field }]);
    }
  }
  return routes;
}

/** Everything is asked about alice: her as a listener, her as an artist, and a song of hers. */
const values: Readonly<Record<string, string>> = {
  address: `"${alice}"`,
  id: '"song-07"',
  name: '"Rock"',
  query: '"Moss"',
  'node.id': `"${globalIdOf('Artist', alice)}"`,
  ids: `["${globalIdOf('Song', 'song-07')}"]`,
  'explain.query': '"{ genres { genre } }"',
};

function write({ field }: Step, inner: string): string {
  const required = field.args
    .filter(isRequiredArgument)
    .map((arg) => `${arg.name}: ${valueFor(field.name, arg)}`);
  const given = required.length > 0 ? `(${required.join(', ')})` : '';
  return `${field.name}${given}${inner}`;
}

function valueFor(field: string, arg: GraphQLArgument): string {
  const type = getNamedType(arg.type);
  const value = values[`${field}.${arg.name}`] ?? values[arg.name];
  if (value) return value;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  return type.name === 'String' || type.name === 'ID' ? '"a"' : '1';
}

interface Question {
  readonly name: string;
  readonly document: string;
  readonly path: readonly string[];
  readonly rules: readonly AccessRule[];
}

function questionsOf(operation: 'query' | 'mutation'): Question[] {
  return [...routesOf(operation)].flatMap(([name, route]) =>
    Object.values((schema.getType(name) as GraphQLObjectType).getFields()).map((field) => {
      const steps = [...route, { type: schema.getType(name) as GraphQLObjectType, field }];
      const leaf = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
      const body = steps.reduceRight((inner, step, at) => {
        const text = write(step, at === steps.length - 1 ? leaf : ` { ${inner} }`);
        return text;
      }, '');
      return {
        name: `${name}.${field.name}`,
        document: `${operation} { ${body} }`,
        path: steps.map((step) => step.field.name),
        rules: steps.map((step) => accessRuleOf(step.type, step.field) as AccessRule),
      };
    }),
  );
}

/** What the rules say, read plainly: each on the way has to let the asker through. */
function mayAsk(asker: Asker, rules: readonly AccessRule[]): boolean {
  return rules.every((rule) => {
    if (rule === 'public' || asker === 'operator') return true;
    return rule !== 'operator' && asker === alice;
  });
}

// Questions first, and after everything else: a refresh moves the fixture to another time.
const questions = [...questionsOf('query'), ...questionsOf('mutation')];

describe('A listener', () => {
  const everything = '{ __typename listenerAddress totalSpent recentPlays { id } favoriteArtists { plays } }';

  it('reads what is its own', async () => {
    const own = await gateway.ask(`{ listener(address: "${bob}") ${everything} }`, {}, bob);
    expect(own.errors).toEqual([]);
    expect(own.data).toMatchObject({ listener: { listenerAddress: bob } });
  });

  it.each([
    ['directly', `{ listener(address: "${alice}") ${everything} }`],
    [
      'beside itself',
      `{ own: listener(address: "${bob}") { totalPlays } listener(address: "${alice}") ${everything} }`,
    ],
    ['under its own name', `{ listener: listener(address: "${alice}") ${everything} }`],
    ['in a fragment', `{ ...F } fragment F on Query { listener(address: "${alice}") ${everything} }`],
    ['with a condition', `{ listener(address: "${alice}") @include(if: true) ${everything} }`],
    ['by its type alone', `{ listener(address: "${alice}") { __typename } }`],
    ['in another case', `{ listener(address: "${bob.toUpperCase().replace('X', 'x')}") ${everything} }`],
    ['by the list', `{ listeners { nodes ${everything} } }`],
    ['by the edges of the list', `{ listeners(first: 1) { edges { cursor node ${everything} } } }`],
    ['by the number of those that fit', `{ listeners(filter: { totalSpent: { gt: "1" } }) { totalCount } }`],
    ['along time', `{ listener(address: "${alice}") { series { totals { plays } } } }`],
    ['by the cursors of the list', '{ listeners { pageInfo { endCursor } } }'],
    ['as an artist', `{ artist(address: "${alice}") { recentPlays { id playedAt amountPaid } } }`],
    ['as an artist in a list', '{ artists(first: 100) { nodes { recentPlays { id amountPaid } } } }'],
    ['by a song', '{ song(id: "song-07") { artist { recentPlays { id amountPaid } } } }'],
    ['by the chart', '{ topSongsThisWeek { artist { recentPlays { id amountPaid } } } }'],
    [
      'by its own favourite artists',
      `{ listener(address: "${bob}") { favoriteArtists { artist { recentPlays { id amountPaid } } } } }`,
    ],
  ])('never reads another: %s', async (_way, document) => {
    for (const asker of [bob, 'public'] as const) {
      const { errors, text } = await gateway.ask(document, {}, asker);
      expect(errors.length, text).toBeGreaterThan(0);
      expect(new Set(errors.map((error) => error.extensions.code)), text).toEqual(
        new Set([asker === bob ? 'FORBIDDEN' : 'UNAUTHENTICATED']),
      );
      expect(text).not.toMatch(/totalSpent|amountPaid|"id"|totalCount|[cC]ursor|"__typename":"Listener"/);
    }
  });

  it('learns nothing of whether another exists', async () => {
    const answerFor = async (address: string) => {
      const { errors, data, status } = await gateway.ask(ListenerDocument, { address }, bob);
      return { status, data, messages: errors.map((error) => error.message) };
    };
    expect(await answerFor(alice)).toEqual(await answerFor('0xdead'));
  });

  it('and the public see a schema without the types of operators', async () => {
    for (const asker of ['public', bob, 'operator'] as const) {
      const { data } = await gateway.ask('{ __schema { types { name } mutationType { name } } }', {}, asker);
      const names = JSON.stringify(data);
      expect(names.includes('ListenerConnection')).toBe(asker === 'operator');
      expect(names.includes('Mutation')).toBe(asker === 'operator');
    }
  });
});

describe('Every field of the schema', () => {
  it('has a question in this test', () => {
    const asked = new Set(questions.map((question) => question.name));
    const all = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !isIntrospectionType(type))
      .flatMap((type) =>
        Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`),
      );
    expect(all.filter((name) => !asked.has(name))).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(questions)('answers those it is for and refuses all others: $name', async (question) => {
    const askers = ['public', bob, alice, 'operator'] as const;
    const answers = askers.map((asker) => gateway.ask(question.document, {}, asker));
    for (const [at, { data, errors, text }] of (await Promise.all(answers)).entries()) {
      const asker = askers[at]!;
      const codes = errors.map((error) => error.extensions.code);
      const what = `${asker}: ${question.document} → ${text.slice(0, 300)}`;
      if (mayAsk(asker, question.rules)) {
        for (const code of ['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'BAD_USER_INPUT'])
          expect(codes, what).not.toContain(code);
        expect(data, what).toBeTruthy();
      } else {
        expect(codes.length, what).toBeGreaterThan(0);
        expect(new Set(codes), what).toEqual(new Set([asker === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN']));
        expect(valueAt(data, question.path), what).toBeUndefined();
      }
    }
  });

  it('that tells what somebody listened to, paid or earned play by play is guarded', () => {
    const ruleOf = (type: string, field: string) => {
      const owner = schema.getType(type) as GraphQLObjectType;
      const rule = accessRuleOf(owner, owner.getFields()[field]!);
      return typeof rule === 'object' ? 'subject' : rule;
    };
    const listenerFields = Object.keys((schema.getType('Listener') as GraphQLObjectType).getFields());
    expect(new Set(listenerFields.map((field) => ruleOf('Listener', field)))).toEqual(new Set(['subject']));
    expect(ruleOf('Query', 'listener')).toBe('subject');
    expect(ruleOf('Artist', 'recentPlays')).toBe('subject');
    for (const [type, field] of [
      ['Query', 'listeners'],
      ['ListenerConnection', 'nodes'],
      ['ListenerConnection', 'totalCount'],
      ['ListenerEdge', 'node'],
      ['Mutation', 'refreshViews'],
    ] as const)
      expect(ruleOf(type, field), `${type}.${field}`).toBe('operator');
  });

  it('needs a rule: one without keeps the gateway from starting', () => {
    const careless = extendSchema(
      schema,
      parse('extend type Query { secret: Secret } type Secret { spent: String }'),
    );
    expect(() => enforceAccess(careless)).toThrow(/Query\.secret, Secret\.spent/);
  });

  it('is described, and so are its type, its arguments, inputs and enum values', () => {
    const missing: string[] = [];
    const require = (name: string, description: string | null | undefined) => {
      if (!description || description.trim().length < 8 || !/[.;:]$/.test(description.trim()))
        missing.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
      if (type !== schema.getQueryType() && type !== schema.getMutationType())
        require(type.name, type.description);
      if (isEnumType(type))
        for (const value of type.getValues()) require(`${type.name}.${value.name}`, value.description);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields()))
          require(`${type.name}.${field.name}`, field.description);
      if (isObjectType(type))
        for (const field of Object.values(type.getFields())) {
          require(`${type.name}.${field.name}`, field.description);
          for (const arg of field.args) require(`${type.name}.${field.name}(${arg.name})`, arg.description);
        }
    }
    expect(missing).toEqual([]);
  });
});

function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const name of path) {
    if (Array.isArray(value)) value = value.find((each) => each !== null);
    value = (value as Record<string, unknown> | null | undefined)?.[name];
  }
  return value ?? undefined;
}
