import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar } from '../../scalars/index.js';
import { type ViewName, viewNames } from '../../views/catalogue.js';
import { ViewNameEnum } from '../../views/view-name.js';
import { list, sizeOf } from './read.js';
import { type Seen, sectionOf, seen } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'How large one of the six views is.' })
export class ViewSize {
  @Field(() => ViewNameEnum, { description: 'Which view.' })
  view!: ViewName;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of its rows in bytes; null while it is locked.',
  })
  sizeBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of its indexes in bytes; null while it is locked.',
  })
  indexBytes!: number | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'How large the six views are.' })
export class ViewSizes extends sectionOf(ViewSize, 'ViewSizeList', 'The views that are there.') {}

export async function listViewSizes(database: Database): Promise<Seen<ViewSizes>> {
  const items = await list(
    database,
    'viewSizes',
    sql<ViewSize>`
      select name as "view", ${sizeOf('c.oid', 'pg_table_size')} as "sizeBytes",
        ${sizeOf('c.oid', 'pg_indexes_size')} as "indexBytes"
      from unnest(${viewNames}::text[]) with ordinality view (name, position)
      join pg_class c on c.oid = to_regclass(view.name) order by position`,
  );
  return seen({ items });
}
