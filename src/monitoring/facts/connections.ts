import { sql } from 'kysely';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { find, hiddenText, isClient, needsFor } from './read.js';
import { Section, type Seen, seen } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The sessions of clients, by what they are doing.' })
export class ConnectionStates extends Section {
  @Field(() => Int, { nullable: true, description: 'Sessions to this database.' })
  total?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions that run a query, this one included.' })
  active?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions that wait for their client.' })
  idle?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Sessions that wait for their client in the middle of a transaction, with whatever that one has locked.',
  })
  idleInTransaction?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions that wait for a lock; they are active too.' })
  waitingForLock?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Sessions whose doing is hidden from this database user: they are in `total` alone.',
  })
  hidden?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Sessions to all databases of the server, which share the maximum.',
  })
  onServer?: number | null;

  @Field(() => Int, { nullable: true, description: 'Of the maximum, those kept free for superusers.' })
  reserved?: number | null;
}

type Counts = Required<Omit<ConnectionStates, 'available' | 'needs'>>;

export async function readConnections(database: Database): Promise<Seen<ConnectionStates>> {
  const counts = await find(
    database,
    'connections',
    sql<Counts>`
      select count(*) filter (where ours) as "total",
        count(*) filter (where ours and state in ('active', 'fastpath function call')) as "active",
        count(*) filter (where ours and state = 'idle') as "idle",
        count(*) filter (where ours and state like 'idle in transaction%') as "idleInTransaction",
        count(*) filter (where ours and state = 'active' and wait_event_type = 'Lock') as "waitingForLock",
        count(*) filter (where ours and query = ${hiddenText}) as "hidden", count(*) as "onServer",
        current_setting('superuser_reserved_connections')::int
          + coalesce(current_setting('reserved_connections', true)::int, 0) as "reserved"
      from (select *, datname = current_database() as ours from pg_stat_activity
        where ${isClient}) session`,
  );
  return seen(counts, (counts.hidden ?? 0) > 0 ? needsFor(counts.hidden ?? 0) : null);
}
