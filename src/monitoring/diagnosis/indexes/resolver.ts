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
  indexUsage(@Ctx() { monitoringReader }: MonitoringContext): Promise<IndexUsages> {
    return readSection(() => listIndexUsage(monitoringReader));
  }

  @FieldResolver(() => UnusedIndexes, {
    description: 'Indexes that no query uses, and which of them may be dropped.',
  })
  unusedIndexes(@Ctx() { monitoringReader }: MonitoringContext): Promise<UnusedIndexes> {
    return readSection(() => listUnusedIndexes(monitoringReader));
  }

  @FieldResolver(() => DuplicateIndexes, { description: 'Indexes that duplicate another index.' })
  duplicateIndexes(@Ctx() { monitoringReader }: MonitoringContext): Promise<DuplicateIndexes> {
    return readSection(() => listDuplicateIndexes(monitoringReader));
  }

  @FieldResolver(() => InvalidIndexes, { description: 'Indexes that PostgreSQL marked invalid.' })
  invalidIndexes(@Ctx() { monitoringReader }: MonitoringContext): Promise<InvalidIndexes> {
    return readSection(() => listInvalidIndexes(monitoringReader));
  }
}
