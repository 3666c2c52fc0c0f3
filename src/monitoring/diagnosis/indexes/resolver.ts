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
  indexUsage(@Ctx() { reserve }: MonitoringContext): Promise<IndexUsages> {
    return readSection(() => listIndexUsage(reserve));
  }

  @FieldResolver(() => UnusedIndexes, {
    description: 'Indexes that no query uses, and which of them may be dropped.',
  })
  unusedIndexes(@Ctx() { reserve }: MonitoringContext): Promise<UnusedIndexes> {
    return readSection(() => listUnusedIndexes(reserve));
  }

  @FieldResolver(() => DuplicateIndexes, { description: 'Indexes that duplicate another index.' })
  duplicateIndexes(@Ctx() { reserve }: MonitoringContext): Promise<DuplicateIndexes> {
    return readSection(() => listDuplicateIndexes(reserve));
  }

  @FieldResolver(() => InvalidIndexes, { description: 'Indexes that PostgreSQL marked invalid.' })
  invalidIndexes(@Ctx() { reserve }: MonitoringContext): Promise<InvalidIndexes> {
    return readSection(() => listInvalidIndexes(reserve));
  }
}
