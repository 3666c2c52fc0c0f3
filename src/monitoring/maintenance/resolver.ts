import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { MonitoringContext } from '../context.js';
import { MaintainableTable, publicNameOf } from './table.js';
import { MaintenanceReport } from './type.js';

@Resolver()
export class MaintenanceResolver {
  @Access('operator')
  @Mutation(() => MaintenanceReport, {
    description:
      'Runs ANALYZE on a table: updates the statistics that the query planner uses, for example after an import. Does not block readers or writers. For operators.',
  })
  analyzeTable(
    @Arg('table', () => MaintainableTable, { description: 'The table or view.' })
    table: MaintainableTable,
    @Ctx() { audit, maintenance }: MonitoringContext,
  ): Promise<MaintenanceReport> {
    return audit('analyzeTable', { table: publicNameOf(table) }, () => maintenance.run('analyze', table));
  }

  @Access('operator')
  @Mutation(() => MaintenanceReport, {
    description:
      'Runs VACUUM on a table: makes the space of dead rows reusable. Does not block readers or writers; a refresh waits. Never VACUUM FULL. For operators.',
  })
  vacuumTable(
    @Arg('table', () => MaintainableTable, { description: 'The table or view.' })
    table: MaintainableTable,
    @Ctx() { audit, maintenance }: MonitoringContext,
  ): Promise<MaintenanceReport> {
    return audit('vacuumTable', { table: publicNameOf(table) }, () => maintenance.run('vacuum', table));
  }
}
