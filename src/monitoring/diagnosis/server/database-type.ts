import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { Section } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The database as a whole.' })
export class DatabaseFacts extends Section {
  @Field(() => String, { nullable: true, description: 'The PostgreSQL version, such as "18.1".' })
  version?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether this is the embedded database rather than a server.',
  })
  isEmbedded?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The database name.' })
  name?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size on disk without the write-ahead log, in bytes.',
  })
  sizeBytes?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions of this database at this moment.' })
  connections?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The server’s max_connections, shared by all databases; 1 for the embedded database.',
  })
  maxConnections?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Shared buffer hit ratio since the statistics began, 0 to 1; null without page accesses.',
  })
  cacheHitRatio?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Server start, in UTC.' })
  startedAt?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Server uptime, in seconds.',
  })
  uptimeSeconds?: number | null;
}
