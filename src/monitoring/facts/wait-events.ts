import { sql } from 'kysely';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { list, needsToSeeOthers } from './read.js';
import { type Section, type Seen, sectionOf, seen, unseen } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Something that sessions wait for.' })
export class WaitEvent {
  @Field(() => String, { description: 'Its kind, such as "Lock", "LWLock" or "IO".' })
  kind!: string;

  @Field(() => String, { description: 'What it is, such as "transactionid" or "DataFileRead".' })
  event!: string;

  @Field(() => Int, { description: 'How many sessions wait for it.' })
  sessions!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What busy sessions of this database wait for.' })
export class WaitEvents extends sectionOf(
  WaitEvent,
  'WaitEventList',
  'What busy sessions of this database wait for at this moment, the most frequent first.',
) {}

export async function listWaitEvents(database: Database): Promise<Seen<WaitEvents> | Section> {
  if (database.kind === 'embedded')
    return unseen('A PostgreSQL server: the embedded database is a single session that waits for nobody.');
  const items = await list(
    database,
    'waitEvents',
    sql<WaitEvent>`
      select wait_event_type as "kind", wait_event as "event", count(*) as "sessions" from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and wait_event is not null
      group by 1, 2 order by 3 desc, 1, 2`,
  );
  return seen({ items }, await needsToSeeOthers(database));
}
