import 'reflect-metadata';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  getMetadataStorage,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  UseMiddleware,
} from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { versionsOf } from '../support/pinned.js';

@ArgsType()
class Range {
  @Field(() => Int)
  from!: number;
}

@ObjectType('ContractThing')
class Thing {
  @Field(() => Int)
  size!: number;
}

@Resolver(() => Thing)
class ThingResolver {
  @Query(() => Thing)
  thing(
    @Arg('wanted', () => Int) _wanted: number,
    @Args(() => Range) _range: Range,
    @Ctx() _context: object,
    @Ctx('viewer') _viewer: string,
    @Info() _info: GraphQLResolveInfo,
  ): Thing {
    return { size: 1 };
  }

  @Mutation(() => Int)
  change(): number {
    return 1;
  }

  @FieldResolver(() => Int)
  @UseMiddleware((_data, next) => next())
  twice(@Root() thing: Thing): number {
    return 2 * thing.size;
  }
}

// What src/graphql/execution/direct-resolvers.ts reads of type-graphql's storage, which is not documented.
describe('The metadata of type-graphql', () => {
  let storage: ReturnType<typeof getMetadataStorage>;
  beforeAll(async () => {
    await buildSchema({ resolvers: [ThingResolver], validate: false });
    storage = getMetadataStorage();
  });
  const named = <Each extends { schemaName: string }>(all: readonly Each[], name: string) =>
    all.find(({ schemaName }) => schemaName === name);

  it('is that of the version that was examined', () => {
    const { asked, installed } = versionsOf('type-graphql');
    expect(asked).toBe(installed);
  });

  it('tells of a query its class, its method and where each of its parameters comes from', () => {
    const query = named(storage.queries, 'thing');
    expect(query).toMatchObject({ target: ThingResolver, methodName: 'thing', schemaName: 'thing' });
    expect(query?.middlewares ?? []).toEqual([]);
    expect(query?.roles).toBeUndefined();
    const parameters = [...(query?.params ?? [])].sort((one, other) => one.index - other.index);
    expect(parameters).toMatchObject([
      { index: 0, kind: 'arg', name: 'wanted', validateFn: undefined },
      { index: 1, kind: 'args', validateFn: undefined },
      { index: 2, kind: 'context', propertyName: undefined },
      { index: 3, kind: 'context', propertyName: 'viewer' },
      { index: 4, kind: 'info' },
    ]);
    const range = parameters[1] as unknown as { getType(): unknown };
    expect(range.getType()).toBe(Range);
  });

  it('tells of a class of arguments its fields by their names in the schema', () => {
    const range = storage.argumentTypes.find(({ target }) => target === Range);
    expect(range?.fields?.map(({ name }) => name)).toEqual(['from']);
  });

  it('tells of a field resolver the type that it belongs to, its middleware and its root', () => {
    const twice = named(storage.fieldResolvers, 'twice');
    expect(twice).toMatchObject({ kind: 'external', target: ThingResolver, methodName: 'twice' });
    expect(twice?.getObjectType?.()).toBe(Thing);
    expect(storage.objectTypes.find(({ target }) => target === Thing)?.name).toBe('ContractThing');
    expect(twice?.middlewares).toHaveLength(1);
    expect(twice?.params).toMatchObject([{ index: 0, kind: 'root', propertyName: undefined }]);
  });

  it('has mutations apart from queries', () => {
    expect(named(storage.mutations, 'change')).toMatchObject({ target: ThingResolver, methodName: 'change' });
    expect(named(storage.queries, 'change')).toBeUndefined();
  });
});
