import { buildSchema, execute, GraphQLObjectType, type GraphQLSchema, graphql, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { enforceAccess, listFieldsWithoutRule } from '../../src/auth/enforce-access.js';
import { listener, operator, publicViewer, type Viewer } from '../../src/auth/viewer.js';
import { buildListeningSchema } from './listening-schema.js';

let plain: GraphQLSchema;
let schema: GraphQLSchema;
beforeAll(async () => {
  plain = await buildListeningSchema();
  schema = enforceAccess(plain);
});

const alice = listener('0xa11ce');
const bob = listener('0xb0b');
const ada = operator('ada');

async function ask(viewer: Viewer, source: string) {
  const { data, errors = [] } = await graphql({ schema, source, contextValue: { viewer } });
  return {
    data,
    codes: errors.map((error) => error.extensions.code),
    messages: errors.map((error) => error.message),
  };
}

describe('A field with the rule "public"', () => {
  it('answers everybody', async () => {
    for (const viewer of [publicViewer, alice, ada])
      expect(await ask(viewer, '{ song { title } }')).toMatchObject({
        codes: [],
        data: { song: { title: 'Mycelium' } },
      });
  });

  it('keeps the resolver that it had, so that the rule costs nothing', () => {
    const fieldOf = (within: GraphQLSchema, type: string, name: string) =>
      (within.getType(type) as GraphQLObjectType).getFields()[name]!;
    expect(fieldOf(schema, 'Query', 'song').resolve).toBe(fieldOf(plain, 'Query', 'song').resolve);
    expect(fieldOf(schema, 'Song', 'title').resolve).toBeUndefined();
    expect(fieldOf(schema, 'Query', 'health').resolve).not.toBe(fieldOf(plain, 'Query', 'health').resolve);
  });
});

describe('A field with the rule "operator"', () => {
  it.each(['{ health { connections } }', '{ song { skips } }', 'mutation { refresh }'])(
    'answers operators only: %s',
    async (source) => {
      expect((await ask(publicViewer, source)).codes).toEqual(['UNAUTHENTICATED']);
      expect((await ask(alice, source)).codes).toEqual(['FORBIDDEN']);
      expect((await ask(ada, source)).codes).toEqual([]);
    },
  );

  it('says what is needed', async () => {
    expect((await ask(publicViewer, '{ health { connections } }')).messages).toEqual([
      'Query.health: expected the credentials of an operator, got none.',
    ]);
    expect((await ask(alice, '{ health { connections } }')).messages).toEqual([
      'Query.health: expected the credentials of an operator, got those of somebody else.',
    ]);
  });
});

describe('A field with a subject', () => {
  const source = '{ listener(address: "0xa11ce") { plays } }';

  it('answers its subject and operators', async () => {
    expect(await ask(alice, source)).toMatchObject({ codes: [], data: { listener: { plays: 3 } } });
    expect(await ask(ada, source)).toMatchObject({ codes: [], data: { listener: { plays: 3 } } });
  });

  it('answers nobody else, whether the subject is there or not', async () => {
    expect((await ask(bob, source)).codes).toEqual(['FORBIDDEN']);
    expect((await ask(bob, '{ listener(address: "0xf00") { plays } }')).codes).toEqual(['FORBIDDEN']);
    expect((await ask(publicViewer, source)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('takes addresses as they are written', async () => {
    expect((await ask(alice, '{ listener(address: "0xA11CE") { plays } }')).codes).toEqual(['FORBIDDEN']);
  });
});

describe('A rule on an object type', () => {
  it('holds for its fields, whatever way leads there', async () => {
    const { data, codes } = await ask(alice, '{ everybody { nickname plays } }');
    expect(data).toEqual({
      everybody: [
        { nickname: 'n', plays: 3 },
        { nickname: 'n', plays: null },
      ],
    });
    expect(codes).toEqual(['FORBIDDEN']);
  });

  it('gives way to the rule of a field', async () => {
    expect(await ask(publicViewer, '{ everybody { nickname } }')).toMatchObject({ codes: [] });
    expect((await ask(publicViewer, '{ song { skips } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('Without a rule', () => {
  it('a schema is not served, and the error names every such field', () => {
    const bare = buildSchema('type Query { a: A } type A { b: Int, c: Int } input I { d: Int }');
    expect(listFieldsWithoutRule(bare)).toEqual(['Query.a', 'A.b', 'A.c']);
    expect(() => enforceAccess(bare)).toThrow('got none on Query.a, A.b, A.c');
  });

  it('a field is not served either when its rule is none that is known', () => {
    const bare = buildSchema('type Query { a: Int, b: Int, c: Int }');
    const { a, b, c } = bare.getQueryType()!.getFields();
    a!.extensions = { access: 'everybody' };
    b!.extensions = { access: { subject: 'address' } };
    c!.extensions = { access: { subject: () => 'x' } };
    expect(listFieldsWithoutRule(bare)).toEqual(['Query.a', 'Query.b']);
  });
});

it('Without a viewer everybody is the public', async () => {
  const result = await execute({ schema, document: parse('{ song { skips } }'), contextValue: undefined });
  expect(result.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});
