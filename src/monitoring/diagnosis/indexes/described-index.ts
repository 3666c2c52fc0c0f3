import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../../scalars/index.js';

/** The fields that every list of indexes has. */
@ObjectType({ simpleResolvers: true })
export abstract class DescribedIndex {
  @Field(() => String, { description: 'The index’s schema.' })
  schema!: string;

  @Field(() => String, { description: 'The indexed table or materialized view.' })
  table!: string;

  @Field(() => String, { description: 'The index name.' })
  index!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The CREATE INDEX statement; null while the table is exclusively locked.',
  })
  definition!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size in bytes; null while the index is exclusively locked.',
  })
  sizeBytes!: number | null;
}
