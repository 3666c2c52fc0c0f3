import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { DateTimeScalar } from '../../../scalars/index.js';
import { sectionOf } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A lock that a session holds or waits for.' })
export class SessionLock {
  @Field(() => String, { description: 'The lock type, such as "relation", "transactionid" or "tuple".' })
  kind!: string;

  @Field(() => String, { description: 'The lock mode, such as "RowExclusiveLock".' })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The locked table or index; null for other lock types.',
  })
  relation!: string | null;

  @Field(() => Boolean, { description: 'Whether the session holds the lock; if not, it waits for it.' })
  granted!: boolean;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A session that blocks others.' })
export class BlockingSession {
  @Field(() => Int, {
    description: 'The server process id, for pg_terminate_backend; 0 for a prepared transaction.',
  })
  pid!: number;

  @Field(() => String, { nullable: true, description: 'The database user; null for a prepared transaction.' })
  user!: string | null;

  @Field(() => String, { nullable: true, description: 'The session’s application_name.' })
  applicationName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The session state, such as "active" or "idle in transaction"; null if hidden.',
  })
  state!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Start of its transaction, in UTC; null if hidden.',
  })
  transactionStartedAt!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Age of its transaction, in seconds; null if hidden.',
  })
  transactionSeconds!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The current or last query, without literal values; null if hidden.',
  })
  query!: string | null;

  @Field(() => [SessionLock], { description: 'Its locks that others may wait for.' })
  locks!: SessionLock[];
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A session with a long-running query, or idle in an open transaction.',
})
export class LongRunningQuery {
  @Field(() => Int, { description: 'The server process id, for pg_cancel_backend.' })
  pid!: number;

  @Field(() => String, { nullable: true, description: 'The database user.' })
  user!: string | null;

  @Field(() => String, { nullable: true, description: 'The session’s application_name.' })
  applicationName!: string | null;

  @Field(() => String, {
    description: 'The session state: "active", or "idle in transaction" with or without "(aborted)".',
  })
  state!: string;

  @Field(() => String, {
    nullable: true,
    description: 'This gateway’s name for the query; null for other clients’ queries.',
  })
  name!: string | null;

  @Field(() => String, {
    description: 'The current or last query, without literal values.',
  })
  query!: string;

  @Field(() => DateTimeScalar, { description: 'Start of the current state, in UTC.' })
  since!: string;

  @Field(() => Float, { description: 'Duration of the current state, in seconds.' })
  seconds!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of its transaction, in UTC.' })
  transactionStartedAt!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it waits for, such as "Lock: relation"; null if it is not waiting.',
  })
  waitsFor!: string | null;

  @Field(() => [SessionLock], { description: 'Locks it waits for.' })
  locks!: SessionLock[];

  @Field(() => [BlockingSession], { description: 'Sessions blocking it; empty if there are none.' })
  blockedBy!: BlockingSession[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Long-running sessions of this database.' })
export class LongRunningQueries extends sectionOf(
  LongRunningQuery,
  'LongRunningQueryList',
  'Long-running sessions, longest first, without the session that runs this query.',
) {}
