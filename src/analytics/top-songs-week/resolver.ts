import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';
import { Artist } from '../artist-analytics/type.js';
import type { AnalyticsContext } from '../context.js';
import { requireSize } from '../paging/page-arguments.js';
import { selectedFields } from '../selection.js';
import { Song } from '../song-analytics/type.js';
import { listChart } from './repository.js';
import { ChartEntry } from './type.js';

@Resolver(() => ChartEntry)
export class ChartEntryResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => [ChartEntry], {
    description: 'The most played songs of the last 7 days, at most 100, first place first.',
  })
  topSongsThisWeek(
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many places: 0 to 100.' }) first: number,
    @Ctx() { database }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChartEntry[]> {
    return listChart(database, requireSize('first', first), selectedFields(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Song, { nullable: true, description: 'The song with all its numbers.' })
  song(
    @Root() entry: ChartEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song | null> {
    return loaders.song.load({ key: entry.songId, fields: selectedFields(info) });
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
      ? loaders.artist.load({ key: entry.artistAddress, fields: selectedFields(info) })
      : null;
  }
}
