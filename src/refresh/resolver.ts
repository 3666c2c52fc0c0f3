import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../auth/access.js';
import type { Audit } from '../auth/audit.js';
import type { ViewName } from '../catalogue/view.js';
import { ViewFreshness } from '../views/view-freshness.js';
import { ViewNameEnum } from '../views/view-name.js';
import { describeRefresh } from './describe.js';
import type { RefreshResult } from './refresh-views.js';
import { RefreshReport } from './type.js';

/** What the resolvers of refreshing need of a request. */
export interface RefreshContext {
  readonly listFreshness: () => Promise<ViewFreshness[]>;
  readonly refresh: () => Promise<RefreshResult>;
  readonly audit: Audit;
}

@Resolver()
export class RefreshResolver {
  @Access('public')
  @Query(() => [ViewFreshness], { description: 'How old the numbers are, for each of the views.' })
  viewFreshness(@Ctx() { listFreshness }: RefreshContext): Promise<ViewFreshness[]> {
    return listFreshness();
  }

  @Access('operator')
  @Mutation(() => RefreshReport, {
    description: 'Brings all views to one instant now, or joins the refresh that is running. For operators.',
  })
  async refreshViews(
    @Arg('views', () => [ViewNameEnum], {
      nullable: true,
      description:
        'The views to report on; all when omitted. All views are refreshed in any case, so that they agree.',
    })
    views: ViewName[] | null,
    @Ctx() { refresh, audit }: RefreshContext,
  ): Promise<RefreshReport> {
    const result = await audit('refreshViews', { views: views ?? 'all' }, refresh);
    return describeRefresh(result, views ?? undefined);
  }
}
