import { collectSubFields } from '@graphql-tools/utils';
import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { Arg, Ctx, FieldResolver, Float, Info, Int, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../context.js';
import { requireBetween, requireLimit } from '../limit.js';
import { Monitoring } from '../type.js';
import { DuplicateIndexes, listDuplicateIndexes } from './duplicate-indexes.js';
import { IndexUsages, listIndexUsage } from './index-usage.js';
import { InvalidIndexes, listInvalidIndexes } from './invalid-indexes.js';
import { listLongRunning } from './long-running.js';
import { LongRunningQueries } from './long-running-type.js';
import { look } from './section.js';
import { listStatements } from './statements.js';
import { StatementOrder, Statements } from './statements-type.js';
import { Tables } from './table-type.js';
import { listTables } from './tables.js';
import { listUnusedIndexes, UnusedIndexes } from './unused-indexes.js';

const mostSeconds = 31_536_000;

@Resolver(() => Monitoring)
export class FactsResolver {
  @FieldResolver(() => IndexUsages, { description: 'How often each index was read.' })
  indexUsage(@Ctx() { reserve }: MonitoringContext): Promise<IndexUsages> {
    return look(() => listIndexUsage(reserve));
  }

  @FieldResolver(() => UnusedIndexes, {
    description: 'Indexes that no query reads, and which of them may go.',
  })
  unusedIndexes(@Ctx() { reserve }: MonitoringContext): Promise<UnusedIndexes> {
    return look(() => listUnusedIndexes(reserve));
  }

  @FieldResolver(() => DuplicateIndexes, { description: 'Indexes that are there twice.' })
  duplicateIndexes(@Ctx() { reserve }: MonitoringContext): Promise<DuplicateIndexes> {
    return look(() => listDuplicateIndexes(reserve));
  }

  @FieldResolver(() => InvalidIndexes, { description: 'Indexes that no query may use.' })
  invalidIndexes(@Ctx() { reserve }: MonitoringContext): Promise<InvalidIndexes> {
    return look(() => listInvalidIndexes(reserve));
  }

  @FieldResolver(() => Tables, { description: 'Rows, sizes and care of each table and materialized view.' })
  tables(
    @Arg('partitions', () => Boolean, {
      defaultValue: false,
      description: 'Whether to list each partition beside the table that it belongs to.',
    })
    withPartitions: boolean,
    @Ctx() { reserve }: MonitoringContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Tables> {
    return look(() => listTables(reserve, { withPartitions, withBloat: asksForBloat(info) }));
  }

  @FieldResolver(() => LongRunningQueries, {
    description: 'Sessions that are busy for long, and who blocks whom.',
  })
  longRunningQueries(
    @Arg('minSeconds', () => Float, {
      defaultValue: 5,
      description: 'For how long at least, in seconds, 0 to 31536000.',
    })
    minSeconds: number,
    @Ctx() { reserve }: MonitoringContext,
  ): Promise<LongRunningQueries> {
    requireBetween('minSeconds', minSeconds, 0, mostSeconds);
    return look(() => listLongRunning(reserve, minSeconds));
  }

  @FieldResolver(() => Statements, {
    description: 'The statements that cost the most, from pg_stat_statements.',
  })
  statements(
    @Arg('limit', () => Int, { defaultValue: 20, description: 'How many at most, 1 to 500.' })
    limit: number,
    @Arg('orderBy', () => StatementOrder, {
      defaultValue: StatementOrder.TOTAL_TIME,
      description: 'Which of them come first.',
    })
    orderBy: StatementOrder,
    @Ctx() { reserve }: MonitoringContext,
  ): Promise<Statements> {
    requireLimit(limit);
    return look(() => listStatements(reserve, limit, orderBy));
  }
}

/** Finding bloat reads more than all the rest, so it is done only for those who want to know. */
function asksForBloat(info: GraphQLResolveInfo): boolean {
  const fieldsOf = (type: GraphQLObjectType, nodes: GraphQLResolveInfo['fieldNodes']) =>
    collectSubFields(info.schema, info.fragments, info.variableValues, type, [...nodes]).fields;
  const section = getNamedType(info.returnType) as GraphQLObjectType;
  const items = [...fieldsOf(section, info.fieldNodes).values()]
    .flat()
    .filter((node) => node.name.value === 'items');
  const item = getNamedType(section.getFields().items?.type) as GraphQLObjectType;
  return [...fieldsOf(item, items).values()].flat().some((node) => node.name.value.startsWith('bloat'));
}
