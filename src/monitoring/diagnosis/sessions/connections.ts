import { sql } from 'kysely';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { find, hiddenText, isClient, needsFor } from '../query.js';
import { type Available, available, Section } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Client sessions by state.' })
export class ConnectionStates extends Section {
  @Field(() => Int, { nullable: true, description: 'Sessions of this database.' })
  total?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions running a query, including this one.' })
  active?: number | null;

  @Field(() => Int, { nullable: true, description: 'Idle sessions.' })
  idle?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Sessions idle in a transaction, which keep its locks.',
  })
  idleInTransaction?: number | null;

  @Field(() => Int, { nullable: true, description: 'Sessions waiting for a lock; included in `active`.' })
  waitingForLock?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Sessions whose state is hidden from this database user; included in `total` only.',
  })
  hidden?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Sessions of all databases of the server, which share `maxConnections`.',
  })
  onServer?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Connections reserved for superusers and for roles with pg_use_reserved_connections.',
  })
  reserved?: number | null;
}

type Counts = Required<Omit<ConnectionStates, 'available' | 'needs'>>;

export async function readConnections(reader: Reader): Promise<Available<ConnectionStates>> {
  const counts = await find(
    reader,
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
  return available(counts, (counts.hidden ?? 0) > 0 ? needsFor(counts.hidden ?? 0) : null);
}
