import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { sectionOf } from '../section.js';
import { BloatMethod } from './bloat.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A running vacuum.' })
export class VacuumProgress {
  @Field(() => String, { description: 'PostgreSQL’s name of the current phase, such as "scanning heap".' })
  phase!: string;

  @Field(() => Float, { description: 'Percentage of the table scanned.' })
  percentScanned!: number;

  @Field(() => Boolean, { description: 'Whether it is an autovacuum.' })
  isAutomatic!: boolean;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A table or materialized view: rows, size, bloat and maintenance.',
})
export class TableFacts {
  @Field(() => String, { description: 'The schema.' })
  schema!: string;

  @Field(() => String, { description: 'The name.' })
  table!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The partitioned table it is a partition of; null for other tables.',
  })
  partitionOf!: string | null;

  @Field(() => Int, {
    description: 'Number of partitions, 0 if not partitioned. Other values are summed over the partitions.',
  })
  partitions!: number;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Number of live rows, as the server estimates it; null when unknown.',
  })
  rows!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Number of dead rows (deleted or updated, not yet vacuumed), as the server estimates it; null when unknown.',
  })
  deadRows!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Dead rows as a fraction of all rows, 0 to 1; null without rows.',
  })
  deadRatio!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of the table without TOAST and indexes, in bytes; null while exclusively locked.',
  })
  heapBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of the indexes, in bytes; null while exclusively locked.',
  })
  indexBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Total size including indexes and TOAST, in bytes; null while exclusively locked.',
  })
  totalBytes!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Unused space in the table, without indexes, in bytes; null when it cannot be determined, for example before the first ANALYZE or without SELECT on the table.',
  })
  bloatBytes!: number | null;

  @Field(() => Float, { nullable: true, description: 'Unused space as a fraction of `heapBytes`, 0 to 1.' })
  bloatRatio!: number | null;

  @Field(() => BloatMethod, {
    nullable: true,
    description:
      'How the bloat was determined. For partitioned tables, the least exact method of any partition.',
  })
  bloatMethod!: BloatMethod | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last manual vacuum, in UTC.' })
  lastVacuumAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last autovacuum, in UTC.',
  })
  lastAutovacuumAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last manual analyze, in UTC.' })
  lastAnalyzeAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last automatic analyze, in UTC.',
  })
  lastAutoanalyzeAt!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Seconds since the last vacuum of any kind; null if never. For partitioned tables, the maximum.',
  })
  sinceVacuumSeconds!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Seconds since the last analyze of any kind; null if never. For partitioned tables, the maximum.',
  })
  sinceAnalyzeSeconds!: number | null;

  @Field(() => BigIntScalar, { description: 'Rows changed since the last analyze.' })
  changesSinceAnalyze!: number;

  @Field(() => BigIntScalar, { description: 'Rows inserted since the last vacuum.' })
  insertsSinceVacuum!: number;

  @Field(() => BigIntScalar, {
    description: 'Age of the table’s oldest unfrozen transaction id, in transactions; vacuum reduces it.',
  })
  transactionAge!: number;

  @Field(() => VacuumProgress, {
    nullable: true,
    description: 'The vacuum running on the table, if any is visible.',
  })
  vacuuming!: VacuumProgress | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Tables and materialized views, largest first.' })
export class Tables extends sectionOf(
  TableFacts,
  'TableList',
  'Tables and materialized views, largest first.',
) {}
