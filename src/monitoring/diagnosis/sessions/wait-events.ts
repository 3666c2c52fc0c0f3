import { sql } from 'kysely';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { DatabaseKind } from '../../../database/database.js';
import type { Reader } from '../../../database/reader/reader.js';
import { list, needsToSeeOthers } from '../query.js';
import { type Available, available, type Section, sectionOf, unavailable } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'An event that sessions wait for.' })
export class WaitEvent {
  @Field(() => String, { description: 'The wait event type, such as "Lock", "LWLock" or "IO".' })
  kind!: string;

  @Field(() => String, { description: 'The wait event, such as "transactionid" or "DataFileRead".' })
  event!: string;

  @Field(() => Int, { description: 'Number of sessions waiting for it.' })
  sessions!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Wait events of active sessions of this database.' })
export class WaitEvents extends sectionOf(
  WaitEvent,
  'WaitEventList',
  'Wait events of active sessions at this moment, most frequent first.',
) {}

export async function listWaitEvents(
  reader: Reader,
  kind: DatabaseKind,
): Promise<Available<WaitEvents> | Section> {
  if (kind === 'embedded')
    return unavailable('A PostgreSQL server: the embedded database has a single session.');
  const items = await list(
    reader,
    'waitEvents',
    sql<WaitEvent>`
      select wait_event_type as "kind", wait_event as "event", count(*) as "sessions" from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and wait_event is not null
      group by 1, 2 order by 3 desc, 1, 2`,
  );
  return available({ items }, await needsToSeeOthers(reader));
}
