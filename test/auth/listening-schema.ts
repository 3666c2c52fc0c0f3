import 'reflect-metadata';
import { GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  ID,
  Info,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { Access } from '../../src/auth/access.js';
import { GatewayError } from '../../src/errors.js';
import type { RequestContext } from '../../src/graphql/request-context.js';

/** A schema that is small, and has one of everything that access rules can stand on. */

@ObjectType({ simpleResolvers: true })
@Access('public')
class Song {
  @Field(() => ID) id!: string;
  @Field(() => String) title!: string;

  @Access('operator')
  @Field(() => Int)
  skips!: number;
}

@ObjectType({ simpleResolvers: true })
@Access({ subject: (source: Listener) => source.address })
class Listener {
  @Field(() => String) address!: string;
  @Field(() => Int, { nullable: true }) plays!: number | null;

  @Access('public')
  @Field(() => String)
  nickname!: string;
}

@ObjectType({ simpleResolvers: true })
@Access('operator')
class Health {
  @Field(() => Int) connections!: number;
  @Field(() => [Session]) sessions!: Session[];
}

@ObjectType({ simpleResolvers: true })
@Access('operator')
class Session {
  @Field(() => String) state!: string;
}

enum HealthDetail {
  Little = 'LITTLE',
  Much = 'MUCH',
}
registerEnumType(HealthDetail, { name: 'HealthDetail' });

@InputType()
class HealthFilter {
  @Field(() => HealthDetail, { nullable: true }) detail?: HealthDetail;
}

const everybody: readonly Listener[] = ['0xa11ce', '0xb0b'].map((address) => ({
  address,
  plays: 3,
  nickname: 'n',
}));

@Resolver()
class ListeningResolver {
  @Access('public')
  @Query(() => Song)
  song(@Arg('id', () => ID, { defaultValue: 's1' }) id: string): Song {
    return { id, title: 'Mycelium', skips: 7 };
  }

  @Access('public')
  @Query(() => [Song])
  songs(@Arg('first', () => Int) first: number): Song[] {
    if (first < 0) throw new GatewayError('BAD_USER_INPUT', `first: expected 0 or more, got ${first}`);
    return Array.from({ length: first }, (_, index) => this.song(`s${index}`));
  }

  @Access({ subject: (_: unknown, args: { address: string }) => args.address })
  @Query(() => Listener, { nullable: true })
  listener(@Arg('address', () => String) address: string): Listener | undefined {
    return everybody.find((each) => each.address === address);
  }

  @Access('public')
  @Query(() => [Listener])
  everybody(): readonly Listener[] {
    return everybody;
  }

  @Access('operator')
  @Query(() => Health)
  health(@Arg('filter', () => HealthFilter, { nullable: true }) _filter?: HealthFilter): Health {
    return { connections: 4, sessions: [{ state: 'idle' }] };
  }

  @Access('public')
  @Query(() => Int, { nullable: true })
  crash(@Arg('how', () => String) how: string): number {
    if (how === 'sql')
      throw Object.assign(new Error('relation "plays" at 0xdeadbeef'), { code: '42P01', detail: '0xfeed' });
    if (how === 'value') throw Object.assign(new Error('bad value "very private"'), { code: '22P02' });
    if (how === 'graphql')
      throw new GraphQLError('select * from plays', { extensions: { code: 'SECRET_CODE' } });
    if (how === 'forged')
      throw new GraphQLError('select * from plays', { extensions: { code: 'FORBIDDEN' } });
    if (how === 'down') throw new GatewayError('UNAVAILABLE', undefined, new Error('connect ECONNREFUSED'));
    throw how;
  }

  /** Ends after a time, when it is released, or as soon as whoever asked has left. */
  @Access('public')
  @Query(() => String)
  async wait(@Arg('ms', () => Int) ms: number, @Ctx() { signal }: RequestContext): Promise<string> {
    return new Promise((resolve) => {
      const end = (how: string) => {
        clearTimeout(timer);
        waiting.delete(release);
        resolve(how);
      };
      const release = () => end('waited');
      const timer = setTimeout(release, ms);
      waiting.add(release);
      signal.addEventListener('abort', () => {
        left.push(signal.reason.message);
        end('left');
      });
    });
  }

  @Access('public')
  @Query(() => String)
  whoAmI(@Ctx() { viewer }: RequestContext, @Info() info: GraphQLResolveInfo): string {
    return `${viewer.kind} in ${info.parentType.name}`;
  }

  @Access('operator')
  @Mutation(() => Boolean)
  refresh(): boolean {
    return true;
  }
}

/** Each `wait` that is being worked on; calling it ends it. */
export const waiting = new Set<() => void>();

/** What `wait` was told when it was given up. */
export const left: string[] = [];

export function buildListeningSchema(): Promise<GraphQLSchema> {
  return buildSchema({ resolvers: [ListeningResolver], validate: false });
}
