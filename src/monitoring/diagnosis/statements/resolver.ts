import { Arg, Ctx, FieldResolver, Int, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { requireLimit } from '../../limit.js';
import { Monitoring } from '../../type.js';
import { readSection } from '../section.js';
import { listStatements } from './statements.js';
import { StatementOrder, Statements } from './statements-type.js';

@Resolver(() => Monitoring)
export class StatementsResolver {
  @FieldResolver(() => Statements, {
    description: 'The most expensive statements, from pg_stat_statements.',
  })
  statements(
    @Arg('limit', () => Int, { defaultValue: 20, description: 'Maximum number of statements, 1 to 500.' })
    limit: number,
    @Arg('orderBy', () => StatementOrder, {
      defaultValue: StatementOrder.TOTAL_TIME,
      description: 'The order.',
    })
    orderBy: StatementOrder,
    @Ctx() { monitoringReader, databaseKind }: MonitoringContext,
  ): Promise<Statements> {
    requireLimit(limit);
    return readSection(() => listStatements(monitoringReader, databaseKind, limit, orderBy));
  }
}
