import { Arg, Ctx, FieldResolver, Int, Resolver } from 'type-graphql';
import { badInput } from '../../errors.js';
import type { MonitoringContext } from '../context.js';
import { Monitoring } from '../type.js';
import { IndexAdvice } from './type.js';

const maxSuggestions = 100;

@Resolver(() => Monitoring)
export class AdviceResolver {
  @FieldResolver(() => IndexAdvice, {
    description: 'Indexes that would have made the statements executed so far cheaper. None is created.',
  })
  indexAdvice(
    @Arg('limit', () => Int, { defaultValue: 10, description: 'Maximum number of indexes, 1 to 100.' })
    limit: number,
    @Ctx() { adviseWorkload }: MonitoringContext,
  ): Promise<IndexAdvice> {
    if (limit < 1 || limit > maxSuggestions)
      throw badInput(`limit: expected 1 to ${maxSuggestions}, got ${limit}`);
    return adviseWorkload(limit);
  }
}
