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
      'Finds out anew how the values of a table are spread, as after an import. Readers and writers go on meanwhile. For operators.',
  })
  analyzeTable(
    @Arg('table', () => MaintainableTable, { description: 'Which table or view.' })
    table: MaintainableTable,
    @Ctx() { audit, maintenance }: MonitoringContext,
  ): Promise<MaintenanceReport> {
    return audit('analyzeTable', { table: publicNameOf(table) }, () => maintenance.run('analyze', table));
  }

  @Access('operator')
  @Mutation(() => MaintenanceReport, {
    description:
      'Makes the room of dead rows usable again. Readers and writers go on meanwhile, a refresh waits; it is never VACUUM FULL. For operators.',
  })
  vacuumTable(
    @Arg('table', () => MaintainableTable, { description: 'Which table or view.' })
    table: MaintainableTable,
    @Ctx() { audit, maintenance }: MonitoringContext,
  ): Promise<MaintenanceReport> {
    return audit('vacuumTable', { table: publicNameOf(table) }, () => maintenance.run('vacuum', table));
  }
}
