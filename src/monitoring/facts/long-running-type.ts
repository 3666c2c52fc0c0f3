import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { DateTimeScalar } from '../../scalars/index.js';
import { sectionOf } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A lock that a session has or waits for.' })
export class SessionLock {
  @Field(() => String, { description: 'What is locked, such as "relation", "transactionid" or "tuple".' })
  kind!: string;

  @Field(() => String, { description: 'How it is locked, such as "RowExclusiveLock".' })
  mode!: string;

  @Field(() => String, { nullable: true, description: 'The table or index it is on; null for other kinds.' })
  relation!: string | null;

  @Field(() => Boolean, { description: 'Whether the session has it; if not, it waits for it.' })
  granted!: boolean;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A session that others wait for.' })
export class BlockingSession {
  @Field(() => Int, {
    description: 'Its process on the server: pg_terminate_backend ends it. 0 is a prepared transaction.',
  })
  pid!: number;

  @Field(() => String, { nullable: true, description: 'The database user; null for a prepared transaction.' })
  user!: string | null;

  @Field(() => String, { nullable: true, description: 'What the application calls itself.' })
  applicationName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is doing, such as "active" or "idle in transaction"; null if it is hidden.',
  })
  state!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its transaction began, in UTC; null if it is hidden.',
  })
  transactionStartedAt!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'For how long its transaction has been open, in seconds; null if it is hidden.',
  })
  transactionSeconds!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it runs, or ran last, without any value; null if it is hidden.',
  })
  query!: string | null;

  @Field(() => [SessionLock], { description: 'The locks of its that others may wait for.' })
  locks!: SessionLock[];
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'A session whose query runs for long, or that holds a transaction open without running anything.',
})
export class LongRunningQuery {
  @Field(() => Int, { description: 'Its process on the server: pg_cancel_backend ends what it runs.' })
  pid!: number;

  @Field(() => String, { nullable: true, description: 'The database user.' })
  user!: string | null;

  @Field(() => String, { nullable: true, description: 'What the application calls itself.' })
  applicationName!: string | null;

  @Field(() => String, {
    description: 'What it is doing: "active", or "idle in transaction" with or without "(aborted)".',
  })
  state!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name that this gateway gave the query; null for queries of others.',
  })
  name!: string | null;

  @Field(() => String, {
    description: 'What it runs, or ran last, without any value that was written into it.',
  })
  query!: string;

  @Field(() => DateTimeScalar, { description: 'Since when it has been in this state, in UTC.' })
  since!: string;

  @Field(() => Float, { description: 'For how long it has been in this state, in seconds.' })
  seconds!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its transaction began, in UTC.' })
  transactionStartedAt!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it waits for, such as "Lock: relation"; null if for nothing.',
  })
  waitsFor!: string | null;

  @Field(() => [SessionLock], { description: 'The locks that it waits for.' })
  locks!: SessionLock[];

  @Field(() => [BlockingSession], { description: 'Who keeps it waiting; empty if nobody does.' })
  blockedBy!: BlockingSession[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Sessions of this database that are busy for long.' })
export class LongRunningQueries extends sectionOf(
  LongRunningQuery,
  'LongRunningQueryList',
  'The sessions, the longest first. The gateway’s own question is none of them.',
) {}
