import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { MaintainableTable } from './table.js';

export const MaintenanceOperation = { ANALYZE: 'analyze', VACUUM: 'vacuum' } as const;
export type MaintenanceOperation = (typeof MaintenanceOperation)[keyof typeof MaintenanceOperation];

registerEnumType(MaintenanceOperation, {
  name: 'MaintenanceOperation',
  description: 'What is done to a table.',
  valuesConfig: {
    ANALYZE: { description: 'Finds out anew how values are spread, so that queries are planned well.' },
    VACUUM: { description: 'Makes the room of dead rows usable again. Readers and writers go on meanwhile.' },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A table at one moment, its partitions summed, as the server counts it.',
})
export class TableState {
  @Field(() => BigIntScalar, { description: 'How many rows it has.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Rows that were deleted or replaced and not yet vacuumed.' })
  deadRows!: number;

  @Field(() => BigIntScalar, { description: 'Size of the rows and of what is stored apart, in bytes.' })
  sizeBytes!: number;

  @Field(() => BigIntScalar, { description: 'Size of the indexes in bytes.' })
  indexBytes!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was last vacuumed, by whomever, in UTC; null if it, or a partition of it, never was.',
  })
  lastVacuumAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was last analyzed, by whomever, in UTC; null if it, or a partition of it, never was.',
  })
  lastAnalyzeAt!: string | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What was done to a table and what came of it.' })
export class MaintenanceReport {
  @Field(() => MaintainableTable, { description: 'The table or view.' })
  table!: MaintainableTable;

  @Field(() => MaintenanceOperation, { description: 'What was done to it.' })
  operation!: MaintenanceOperation;

  @Field(() => DateTimeScalar, { description: 'When that began, in UTC.' })
  startedAt!: Date;

  @Field(() => Float, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Boolean, {
    description: 'Whether it was running already, begun by somebody else, and this is its result.',
  })
  joined!: boolean;

  @Field(() => TableState, { description: 'The table before.' })
  before!: TableState;

  @Field(() => TableState, { description: 'The table afterwards.' })
  after!: TableState;

  @Field(() => BigIntScalar, {
    description:
      'By how many the dead rows have become fewer. Those that a transaction still open might want to see stay.',
  })
  deadRowsRemoved!: number;

  @Field(() => BigIntScalar, {
    description:
      'Bytes that were given back to the disk. Mostly 0: room within a table stays with it, for rows to come.',
  })
  bytesFreed!: number;
}
