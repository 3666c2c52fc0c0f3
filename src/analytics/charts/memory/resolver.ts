import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { FollowsViews } from '../../../views/follows-views.js';
import type { AnalyticsContext } from '../../context.js';
import { ChartEntry } from '../../top-songs-week/type.js';
import { ChartStatus } from '../status.js';

/** Compares the last 7 days with the closed editions of the chart of all songs. */
@Resolver(() => ChartEntry)
export class ChartMemoryResolver {
  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The rank in the latest closed edition; null when the song is not in it.',
  })
  async previousRank(
    @Root() entry: ChartEntry,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<number | null> {
    return (await loaders.charts.memory.load(entry.songId))?.previousRank ?? null;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The best rank in all closed editions; null when the song was in none.',
  })
  async peakRank(@Root() entry: ChartEntry, @Ctx() { loaders }: AnalyticsContext): Promise<number | null> {
    return (await loaders.charts.memory.load(entry.songId))?.peakRank ?? null;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Int, { description: 'How many closed editions the song was in.' })
  async editionsOnChart(@Root() entry: ChartEntry, @Ctx() { loaders }: AnalyticsContext): Promise<number> {
    return (await loaders.charts.memory.load(entry.songId))?.editionsOnChart ?? 0;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => ChartStatus, {
    nullable: true,
    description:
      'How the song came to its place, compared with the latest closed edition; null before the first one.',
  })
  async status(@Root() entry: ChartEntry, @Ctx() { loaders }: AnalyticsContext): Promise<ChartStatus | null> {
    const memory = await loaders.charts.memory.load(entry.songId);
    if (!memory) return null;
    const { previousRank, editionsOnChart } = memory;
    if (editionsOnChart === 0) return ChartStatus.NEW;
    if (previousRank === null) return ChartStatus.RE_ENTRY;
    const rank = Number(entry.rank);
    if (rank === previousRank) return ChartStatus.SAME;
    return rank < previousRank ? ChartStatus.UP : ChartStatus.DOWN;
  }
}
