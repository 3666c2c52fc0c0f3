import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { Section } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The database as a whole.' })
export class DatabaseFacts extends Section {
  @Field(() => String, { nullable: true, description: 'The version of PostgreSQL, such as "18.1".' })
  version?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is the embedded database and no server.' })
  isEmbedded?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The name of the database.' })
  name?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Its size on disk in bytes, without the write-ahead log.',
  })
  sizeBytes?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions to this database at this moment.' })
  connections?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many sessions the server allows to all its databases together; 1 for the embedded one.',
  })
  maxConnections?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Pages found in memory as a share of all that were wanted since the statistics begin, 0 to 1; null when none was.',
  })
  cacheHitRatio?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the server was started, in UTC.' })
  startedAt?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'For how long the server has been running, in seconds.',
  })
  uptimeSeconds?: number | null;
}
