import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';
import { Artist } from '../artist-analytics/type.js';
import type { AnalyticsContext } from '../context.js';
import { listSize, SizeArgument } from '../paging/size-argument.js';
import { selectionOf } from '../selection.js';
import { Song } from '../song-analytics/type.js';
import { listChart } from './repository.js';
import { ChartEntry } from './type.js';

const maxChartLength = 100;

@Resolver(() => ChartEntry)
export class ChartEntryResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => [ChartEntry], {
    description: 'The most played songs of the last 7 days, at most 100, first place first.',
  })
  topSongsThisWeek(
    @SizeArgument(maxChartLength, 'places') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChartEntry[]> {
    return listChart(reader, listSize(first, maxChartLength), selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Song, { nullable: true, description: 'The song with all its numbers.' })
  song(
    @Root() entry: ChartEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song | null> {
    return loaders.song.load({ key: entry.songId, selection: selectionOf(info) });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Artist, { nullable: true, description: 'The artist with all its numbers.' })
  artist(
    @Root() entry: ChartEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Artist | null> | null {
    return entry.artistAddress
      ? loaders.artist.load({ key: entry.artistAddress, selection: selectionOf(info) })
      : null;
  }
}
