import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { Monitoring } from '../../type.js';
import { readSection } from '../section.js';
import { DuplicateIndexes, listDuplicateIndexes } from './duplicate-indexes.js';
import { IndexUsages, listIndexUsage } from './index-usage.js';
import { InvalidIndexes, listInvalidIndexes } from './invalid-indexes.js';
import { listUnusedIndexes, UnusedIndexes } from './unused-indexes.js';

@Resolver(() => Monitoring)
export class IndexesResolver {
  @FieldResolver(() => IndexUsages, { description: 'How often each index was used.' })
  indexUsage(@Ctx() { monitoringPool }: MonitoringContext): Promise<IndexUsages> {
    return readSection(() => listIndexUsage(monitoringPool));
  }

  @FieldResolver(() => UnusedIndexes, {
    description: 'Indexes that no query uses, and which of them may be dropped.',
  })
  unusedIndexes(@Ctx() { monitoringPool }: MonitoringContext): Promise<UnusedIndexes> {
    return readSection(() => listUnusedIndexes(monitoringPool));
  }

  @FieldResolver(() => DuplicateIndexes, { description: 'Indexes that duplicate another index.' })
  duplicateIndexes(@Ctx() { monitoringPool }: MonitoringContext): Promise<DuplicateIndexes> {
    return readSection(() => listDuplicateIndexes(monitoringPool));
  }

  @FieldResolver(() => InvalidIndexes, { description: 'Indexes that PostgreSQL marked invalid.' })
  invalidIndexes(@Ctx() { monitoringPool }: MonitoringContext): Promise<InvalidIndexes> {
    return readSection(() => listInvalidIndexes(monitoringPool));
  }
}
