import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar } from '../../scalars/index.js';
import { definition, isUserSchema, list, sizeOf } from './read.js';
import { type Seen, sectionOf, seen } from './section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An index that no query may use, such as one whose CREATE INDEX CONCURRENTLY failed.',
})
export class InvalidIndex {
  @Field(() => String, { description: 'The schema it is in.' })
  schema!: string;

  @Field(() => String, { description: 'The table or view it is on.' })
  table!: string;

  @Field(() => String, { description: 'Its name.' })
  index!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The statement that makes it; null while somebody has it locked exclusively.',
  })
  definition!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Its size in bytes; null while somebody has it locked exclusively.',
  })
  sizeBytes!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether it is kept up to date with every write all the same, which costs and serves nobody.',
  })
  slowsWrites!: boolean;

  @Field(() => String, { description: 'What is wrong with it.' })
  reason!: string;

  @Field(() => [String], {
    description: 'What sets it right: one of these statements, to be run by its owner.',
  })
  ddl!: string[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Indexes that no query may use.' })
export class InvalidIndexes extends sectionOf(
  InvalidIndex,
  'InvalidIndexList',
  'Those that are being made at this moment are none of them.',
) {}

/** Whoever makes an index concurrently keeps this lock on its table from beginning to end. */
const isBeingMade = sql`exists (
  select from pg_locks l where l.locktype = 'relation' and l.relation = i.indrelid and l.granted
    and l.mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'AccessExclusiveLock') and l.pid <> pg_backend_pid()
    and l.database = (select oid from pg_database where datname = current_database())
    and not exists (select from pg_stat_activity a where a.pid = l.pid and a.backend_type = 'autovacuum worker'))`;

export async function listInvalidIndexes(database: Database): Promise<Seen<InvalidIndexes>> {
  const items = await list(
    database,
    'invalidIndexes',
    sql<InvalidIndex>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", ${sizeOf('c.oid', 'pg_relation_size')} as "sizeBytes",
        i.indisready as "slowsWrites",
        case when c.relkind = 'I' then 'Not every partition has an index that is attached to it.'
          when c.relname ~ '_ccold[0-9]*$' then 'It is what REINDEX CONCURRENTLY replaced and could not drop.'
          when c.relname ~ '_ccnew[0-9]*$' then 'A REINDEX CONCURRENTLY that made it failed.'
          when i.indisunique then 'Making or dropping it failed; if it was being made, a value was there twice perhaps.'
          else 'Making or dropping it failed.' end as "reason",
        case when c.relkind = 'I' then array[format('drop index %I.%I', n.nspname, c.relname)]
          when c.relname ~ '_cc(new|old)[0-9]*$' then array[format('drop index concurrently %I.%I', n.nspname, c.relname)]
          else array[format('drop index concurrently %I.%I', n.nspname, c.relname),
            format('reindex index concurrently %I.%I', n.nspname, c.relname)] end as "ddl"
      from pg_index i
      join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = i.indrelid
      where ${isUserSchema('n.nspname')} and not (i.indisvalid and i.indisready) and not ${isBeingMade}
      order by 1, 2, 3`,
  );
  return seen({ items });
}
