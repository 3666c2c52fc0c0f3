import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { FollowsViews } from '../../../views/follows-views.js';
import type { AnalyticsContext } from '../../context.js';
import { listSize, SizeArgument } from '../../paging/size-argument.js';
import { selectionOf } from '../../selection.js';
import { Song } from '../../song-analytics/type.js';
import { genreDescription, requestedGenre } from '../editions/arguments.js';
import { ChartEditionEntry } from './entry.js';

const defaultEntries = 20;

@Resolver(() => Song)
export class ChartHistoryResolver {
  @Access('public')
  @FollowsViews()
  @FieldResolver(() => [ChartEditionEntry], {
    description: 'The entries of the song in the closed editions of a chart, newest first.',
  })
  chartHistory(
    @Root() song: Song,
    @Arg('genre', () => String, { nullable: true, description: genreDescription }) genre: string | null,
    @SizeArgument(defaultEntries, 'entries') first: number | null,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly ChartEditionEntry[]> {
    return loaders.charts.history.load({
      songId: song.songId,
      genre: requestedGenre(genre),
      first: listSize(first, defaultEntries),
      selection: selectionOf(info),
    });
  }
}
