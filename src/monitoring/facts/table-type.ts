import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { BloatMethod } from './bloat.js';
import { sectionOf } from './section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A vacuum that is running.' })
export class VacuumProgress {
  @Field(() => String, { description: 'What it is doing, as PostgreSQL calls it, such as "scanning heap".' })
  phase!: string;

  @Field(() => Float, { description: 'How much of the table it has looked through, in percent.' })
  percentScanned!: number;

  @Field(() => Boolean, { description: 'Whether PostgreSQL began it by itself.' })
  isAutomatic!: boolean;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A table or materialized view: its rows, its size and how it is looked after.',
})
export class TableFacts {
  @Field(() => String, { description: 'The schema it is in.' })
  schema!: string;

  @Field(() => String, { description: 'Its name.' })
  table!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The table that it is a partition of; null for a whole table.',
  })
  partitionOf!: string | null;

  @Field(() => Int, {
    description:
      'How many partitions it has; 0 for one that is not partitioned. All other values are summed over them.',
  })
  partitions!: number;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Rows, as the server counts them along the way; null while it does not know.',
  })
  rows!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Rows that were deleted or replaced and not yet vacuumed, as the server counts them; null while it does not know.',
  })
  deadRows!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Dead rows as a share of all, 0 to 1; null without rows.',
  })
  deadRatio!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Size of the rows in bytes, without what is stored apart; null while somebody has it locked exclusively.',
  })
  heapBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of its indexes in bytes; null while locked.',
  })
  indexBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of the rows, indexes, large values and maps together, in bytes; null while locked.',
  })
  totalBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Room among the rows that no row uses, in bytes, indexes not counted; null where it cannot be known, such as before the first ANALYZE or without the right to read the table.',
  })
  bloatBytes!: number | null;

  @Field(() => Float, { nullable: true, description: 'That room as a share of the rows’ size, 0 to 1.' })
  bloatRatio!: number | null;

  @Field(() => BloatMethod, {
    nullable: true,
    description:
      'How that room was found, which says how far to trust it. Over partitions the weakest of theirs.',
  })
  bloatMethod!: BloatMethod | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody vacuumed it last, in UTC.' })
  lastVacuumAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When PostgreSQL vacuumed it last by itself, in UTC.',
  })
  lastAutovacuumAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody analyzed it last, in UTC.' })
  lastAnalyzeAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When PostgreSQL analyzed it last by itself, in UTC.',
  })
  lastAutoanalyzeAt!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Seconds since it was last vacuumed, by whomever; null if never. Over partitions the longest.',
  })
  sinceVacuumSeconds!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Seconds since it was last analyzed, by whomever; null if never. Over partitions the longest.',
  })
  sinceAnalyzeSeconds!: number | null;

  @Field(() => BigIntScalar, { description: 'Rows that changed since it was last analyzed.' })
  changesSinceAnalyze!: number;

  @Field(() => BigIntScalar, { description: 'Rows that were inserted since it was last vacuumed.' })
  insertsSinceVacuum!: number;

  @Field(() => BigIntScalar, {
    description: 'How many transactions ago its oldest row may have been written; vacuum brings it down.',
  })
  transactionAge!: number;

  @Field(() => VacuumProgress, {
    nullable: true,
    description: 'The vacuum that runs on it, if one does and can be seen.',
  })
  vacuuming!: VacuumProgress | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The tables and materialized views, the largest first.' })
export class Tables extends sectionOf(
  TableFacts,
  'TableList',
  'The tables and materialized views, the largest first.',
) {}
