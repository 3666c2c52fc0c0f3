import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { Section } from '../diagnosis/section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'Rows in which a view, or what is kept beside the views, is not what the plays say.',
})
export class VerificationDifference {
  @Field(() => String, { description: 'The name of a view, or `series`, `statements` or `charts`.' })
  view!: string;

  @Field(() => BigIntScalar, { description: 'Number of rows that differ.' })
  rows!: number;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'The last verification of the views against their definitions over the plays, by the schedule of any gateway or by the command `verify`.',
})
export class Verification extends Section {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Start, in UTC.' })
  ranAt?: string | null;

  @Field(() => Float, { nullable: true, description: 'Duration, in milliseconds.' })
  durationMs?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The generation that was verified; null when it failed.',
  })
  generation?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant of that generation, in UTC; null when it failed.',
  })
  asOf?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether there is no difference and no bypass; null when it failed.',
  })
  isConsistent?: boolean | null;

  @Field(() => [VerificationDifference], {
    nullable: true,
    description: 'What differs; empty when nothing does, null when it failed.',
  })
  differences?: readonly VerificationDifference[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What lets changes of plays slip past the refresh, such as a disabled trigger; null when it failed.',
  })
  bypasses?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it failed, in the words of the database; null when it did not fail.',
  })
  error?: string | null;
}
