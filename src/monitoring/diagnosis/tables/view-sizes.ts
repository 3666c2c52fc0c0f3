import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { viewNames } from '../../../catalogue/index.js';
import type { ViewName } from '../../../catalogue/view.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar } from '../../../scalars/index.js';
import { ViewNameEnum } from '../../../views/view-name.js';
import { list, sizeOf } from '../query.js';
import { type Available, available, sectionOf } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The size of one of the views.' })
export class ViewSize {
  @Field(() => ViewNameEnum, { description: 'The view.' })
  view!: ViewName;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size without indexes, in bytes; null while exclusively locked.',
  })
  sizeBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of the indexes, in bytes; null while exclusively locked.',
  })
  indexBytes!: number | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The sizes of the views.' })
export class ViewSizes extends sectionOf(ViewSize, 'ViewSizeList', 'The views that exist.') {}

export async function listViewSizes(reader: Reader): Promise<Available<ViewSizes>> {
  const items = await list(
    reader,
    'viewSizes',
    sql<ViewSize>`
      select name as "view", ${sizeOf('c.oid', 'pg_table_size')} as "sizeBytes",
        ${sizeOf('c.oid', 'pg_indexes_size')} as "indexBytes"
      from unnest(${viewNames}::text[]) with ordinality view (name, position)
      join pg_class c on c.oid = to_regclass(view.name) order by position`,
  );
  return available({ items });
}
