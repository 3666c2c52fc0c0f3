import 'reflect-metadata';
import { type GraphQLSchema, graphql } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  UseMiddleware,
} from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { callDirectly } from '../../src/graphql/execution/direct-resolvers.js';

@InputType()
class Wish {
  @Field(() => [Int])
  numbers!: number[];

  @Field(() => Int, { defaultValue: 7 })
  chosen!: number;
}

@ArgsType()
class Span {
  @Field(() => Int, { nullable: true })
  from?: number | null;

  @Field(() => Int, { defaultValue: 9 })
  to!: number;
}

@ObjectType()
class Found {
  @Field(() => Int)
  size!: number;
}

const received: unknown[][] = [];

@Resolver(() => Found)
class FoundResolver {
  readonly #own = 'own';

  @Query(() => Found)
  found(
    @Args(() => Span) span: Span,
    @Ctx('place') place: string,
    @Arg('wish', () => Wish, { nullable: true }) wish: Wish | null,
  ) {
    received.push([span, place, wish, this.#own]);
    return { size: wish?.numbers.length ?? 0 };
  }

  @FieldResolver(() => Int)
  twice(@Root() found: Found) {
    return found.size * 2;
  }

  @Query(() => Int)
  @UseMiddleware(async (_data, next) => ((await next()) as number) + 1)
  watched() {
    return 1;
  }
}

describe('Resolvers that are called directly', () => {
  let schema: GraphQLSchema;
  const ask = (source: string) => graphql({ schema, source, contextValue: { place: 'here' } });
  beforeAll(async () => {
    schema = callDirectly(await buildSchema({ resolvers: [FoundResolver], validate: false }), [
      FoundResolver,
    ]);
  });

  it('get what GraphQL made of their arguments, each in its place, and no copy of it', async () => {
    received.length = 0;
    await expect(ask('{ found(from: 3, wish: { numbers: [1, 2] }) { size twice } }')).resolves.toMatchObject({
      data: { found: { size: 2, twice: 4 } },
    });
    expect(received).toEqual([[{ from: 3, to: 9 }, 'here', { numbers: [1, 2], chosen: 7 }, 'own']]);
    expect(received[0]?.[2]).not.toBeInstanceOf(Wish);
  });

  it('see what was left out as undefined and null as null', async () => {
    received.length = 0;
    await ask('{ a: found { size } b: found(from: null, wish: null) { size } }');
    expect(received).toEqual([
      [{ from: undefined, to: 9 }, 'here', undefined, 'own'],
      [{ from: null, to: 9 }, 'here', null, 'own'],
    ]);
  });

  it('are those of the schema, whatever has fields of the same names in the same process', async () => {
    @Resolver()
    class OtherResolver {
      @Query(() => Int)
      watched() {
        return -1;
      }

      @Query(() => String)
      found() {
        return 'something else';
      }
    }
    const other = await buildSchema({ resolvers: [OtherResolver], validate: false });
    const both = callDirectly(await buildSchema({ resolvers: [FoundResolver], validate: false }), [
      FoundResolver,
    ]);
    await expect(
      graphql({ schema: callDirectly(other, [OtherResolver]), source: '{ found }' }),
    ).resolves.toEqual({
      data: { found: 'something else' },
    });
    await expect(
      graphql({ schema: both, source: '{ found { size } watched }', contextValue: {} }),
    ).resolves.toEqual({
      data: { found: { size: 0 }, watched: 2 },
    });
  });

  it('stay as they are where something stands between', async () => {
    await expect(ask('{ watched }')).resolves.toEqual({ data: { watched: 2 } });
  });
});
