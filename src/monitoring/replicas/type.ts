import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A standby of the database that public reads go to, as this gateway last saw it.',
})
export class ReadReplica {
  @Field(() => String, { description: 'Its host and port; its database too where two have the same.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether reads go to it.' })
  isEligible!: boolean;

  @Field(() => String, { nullable: true, description: 'Why no reads go to it; null while they do.' })
  reason!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The number of the refresh that it shows; null while it cannot be reached.',
  })
  generation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Age of the last transaction that it applied, in seconds; 0 if it has applied everything, null while that is unknown.',
  })
  lagSeconds!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Write-ahead log that it has not applied, in bytes; null while that is unknown.',
  })
  lagBytes!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last looked at, in UTC.' })
  lookedAt!: Date | null;

  @Field(() => BigIntScalar, { description: 'Reads that it answered.' })
  readsAnswered!: number;

  @Field(() => BigIntScalar, {
    description:
      'Reads whose rows were thrown away, because they were of another refresh or because there was none.',
  })
  readsDiscarded!: number;

  @Field(() => BigIntScalar, { description: 'Reads that failed and were asked elsewhere.' })
  readsFailedOver!: number;
}
