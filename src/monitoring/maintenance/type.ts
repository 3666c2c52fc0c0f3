import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { MaintainableTable } from './table.js';

export const MaintenanceOperation = { ANALYZE: 'analyze', VACUUM: 'vacuum' } as const;
export type MaintenanceOperation = (typeof MaintenanceOperation)[keyof typeof MaintenanceOperation];

registerEnumType(MaintenanceOperation, {
  name: 'MaintenanceOperation',
  description: 'A maintenance operation.',
  valuesConfig: {
    ANALYZE: { description: 'ANALYZE: updates the statistics that the query planner uses.' },
    VACUUM: {
      description: 'VACUUM: makes the space of dead rows reusable. Does not block readers or writers.',
    },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'Statistics of a table at one moment, summed over its partitions.',
})
export class TableState {
  @Field(() => BigIntScalar, { description: 'Number of rows, as the server counts them.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Dead rows: deleted or updated and not yet vacuumed.' })
  deadRows!: number;

  @Field(() => BigIntScalar, { description: 'Size of the table including TOAST, in bytes.' })
  sizeBytes!: number;

  @Field(() => BigIntScalar, { description: 'Size of the indexes in bytes.' })
  indexBytes!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Last manual or automatic vacuum, in UTC; null if the table, or one of its partitions, was never vacuumed.',
  })
  lastVacuumAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Last manual or automatic analyze, in UTC; null if the table, or one of its partitions, was never analyzed.',
  })
  lastAnalyzeAt!: string | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The result of a maintenance operation.' })
export class MaintenanceReport {
  @Field(() => MaintainableTable, { description: 'The table or view.' })
  table!: MaintainableTable;

  @Field(() => MaintenanceOperation, { description: 'The operation.' })
  operation!: MaintenanceOperation;

  @Field(() => DateTimeScalar, { description: 'Start, in UTC.' })
  startedAt!: Date;

  @Field(() => Float, { description: 'Duration, in milliseconds.' })
  durationMs!: number;

  @Field(() => Boolean, {
    description: 'Whether the operation was already running for another request, whose result this is.',
  })
  joined!: boolean;

  @Field(() => TableState, { description: 'The table before the operation.' })
  before!: TableState;

  @Field(() => TableState, { description: 'The table after the operation.' })
  after!: TableState;

  @Field(() => BigIntScalar, {
    description: 'Number of dead rows removed. Rows that an open transaction may still see are kept.',
  })
  deadRowsRemoved!: number;

  @Field(() => BigIntScalar, {
    description:
      'Bytes returned to the operating system. Usually 0, because freed space stays in the table for new rows.',
  })
  bytesFreed!: number;
}
