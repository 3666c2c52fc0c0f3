import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { DateTimeScalar } from '../../../scalars/index.js';
import { FollowsViews } from '../../../views/follows-views.js';
import type { AnalyticsContext } from '../../context.js';
import { listSize, SizeArgument } from '../../paging/size-argument.js';
import { connectionSelection, selectionOf } from '../../selection.js';
import { ChartEditionEntry } from '../entries/entry.js';
import { ChartEditionsArguments, genreDescription, requestedGenre } from './arguments.js';
import { ChartEdition, ChartEditionConnection } from './edition.js';
import { findEdition, listEditions } from './repository.js';

const maxEntries = 100;

@Resolver(() => ChartEdition)
export class ChartEditionResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => ChartEdition, {
    nullable: true,
    description:
      'The latest closed edition of a chart, or the one whose week holds an instant; null when there is none.',
  })
  chartEdition(
    @Arg('genre', () => String, { nullable: true, description: genreDescription }) genre: string | null,
    @Arg('at', () => DateTimeScalar, {
      nullable: true,
      description: 'An instant in the week of the edition; the latest edition when omitted.',
    })
    at: string | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChartEdition | null> {
    return findEdition(reader, requestedGenre(genre), at ?? null, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @Query(() => ChartEditionConnection, {
    description: 'The closed editions of a chart, page by page, newest first; none for an unknown genre.',
  })
  chartEditions(
    @Args(() => ChartEditionsArguments) { genre, ...page }: ChartEditionsArguments,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listEditions(reader, requestedGenre(genre), { ...page, ...connectionSelection(info) });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => [ChartEditionEntry], {
    description: 'The songs of the edition, at most 100, first place first.',
  })
  entries(
    @Root() edition: ChartEdition,
    @SizeArgument(maxEntries, 'places') first: number | null,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly ChartEditionEntry[]> {
    return loaders.charts.entries.load({
      edition,
      first: listSize(first, maxEntries),
      selection: selectionOf(info),
    });
  }
}
