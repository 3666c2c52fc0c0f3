import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { definition, isUserSchema, list, sizeOf } from '../query.js';
import { type Available, available, sectionOf } from '../section.js';
import { DescribedIndex } from './described-index.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An invalid index, which no query uses, for example after a failed CREATE INDEX CONCURRENTLY.',
})
export class InvalidIndex extends DescribedIndex {
  @Field(() => Boolean, {
    description: 'Whether every write still updates it, at a cost without benefit.',
  })
  slowsWrites!: boolean;

  @Field(() => String, { description: 'Why it is invalid.' })
  reason!: string;

  @Field(() => [String], {
    description: 'Statements that repair it; run one of them, as the owner.',
  })
  ddl!: string[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Invalid indexes.' })
export class InvalidIndexes extends sectionOf(
  InvalidIndex,
  'InvalidIndexList',
  'Invalid indexes, except those being built at this moment.',
) {}

/** A concurrent index build holds one of these locks on the table throughout. */
const isBeingBuilt = sql`exists (
  select from pg_locks l where l.locktype = 'relation' and l.relation = i.indrelid and l.granted
    and l.mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'AccessExclusiveLock') and l.pid <> pg_backend_pid()
    and l.database = (select oid from pg_database where datname = current_database())
    and not exists (select from pg_stat_activity a where a.pid = l.pid and a.backend_type = 'autovacuum worker'))`;

export async function listInvalidIndexes(reader: Reader): Promise<Available<InvalidIndexes>> {
  const items = await list(
    reader,
    'invalidIndexes',
    sql<InvalidIndex>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", ${sizeOf('c.oid', 'pg_relation_size')} as "sizeBytes",
        i.indisready as "slowsWrites",
        case when c.relkind = 'I' then 'Not every partition has an attached index.'
          when c.relname ~ '_ccold[0-9]*$' then 'REINDEX CONCURRENTLY replaced it but could not drop it.'
          when c.relname ~ '_ccnew[0-9]*$' then 'The REINDEX CONCURRENTLY that built it failed.'
          when i.indisunique then 'Building or dropping it failed; a failed build may be due to duplicate values.'
          else 'Building or dropping it failed.' end as "reason",
        case when c.relkind = 'I' then array[format('drop index %I.%I', n.nspname, c.relname)]
          when c.relname ~ '_cc(new|old)[0-9]*$' then array[format('drop index concurrently %I.%I', n.nspname, c.relname)]
          else array[format('drop index concurrently %I.%I', n.nspname, c.relname),
            format('reindex index concurrently %I.%I', n.nspname, c.relname)] end as "ddl"
      from pg_index i
      join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = i.indrelid
      where ${isUserSchema('n.nspname')} and not (i.indisvalid and i.indisready) and not ${isBeingBuilt}
      order by 1, 2, 3`,
  );
  return available({ items });
}
