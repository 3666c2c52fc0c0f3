import { Arg, Ctx, FieldResolver, Int, Resolver } from 'type-graphql';
import { badInput } from '../../errors.js';
import type { MonitoringContext } from '../context.js';
import { Monitoring } from '../type.js';
import { IndexAdvice } from './type.js';

const mostSuggestions = 100;

@Resolver(() => Monitoring)
export class AdviceResolver {
  @FieldResolver(() => IndexAdvice, {
    description:
      'Indexes that would have made the statements cheaper that the server has executed. Nothing is made.',
  })
  indexAdvice(
    @Arg('limit', () => Int, { defaultValue: 10, description: 'How many indexes at most: 1 to 100.' })
    limit: number,
    @Ctx() { adviseWorkload }: MonitoringContext,
  ): Promise<IndexAdvice> {
    if (limit < 1 || limit > mostSuggestions)
      throw badInput(`limit: expected 1 to ${mostSuggestions}, got ${limit}`);
    return adviseWorkload(limit);
  }
}
