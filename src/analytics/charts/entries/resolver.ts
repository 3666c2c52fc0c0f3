import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar } from '../../../scalars/index.js';
import { FollowsViews } from '../../../views/follows-views.js';
import { Artist } from '../../artist-analytics/type.js';
import type { AnalyticsContext } from '../../context.js';
import { selectionOf } from '../../selection.js';
import { Song } from '../../song-analytics/type.js';
import { ChartEdition } from '../editions/edition.js';
import { ChartEditionEntry } from './entry.js';

@Resolver(() => ChartEditionEntry)
export class ChartEditionEntryResolver {
  @Access('public')
  @FollowsViews()
  @FieldResolver(() => ChartEdition, { description: 'The edition that the entry is in.' })
  edition(
    @Root() entry: ChartEditionEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChartEdition | null> {
    return loaders.charts.edition.load({ edition: entry, selection: selectionOf(info) });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Song, {
    nullable: true,
    description: 'The song with all its numbers of today; null when it is gone.',
  })
  song(
    @Root() entry: ChartEditionEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song | null> {
    return loaders.song.load({ key: entry.songId, selection: selectionOf(info) });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Artist, {
    nullable: true,
    description: 'The artist that the song had, with all numbers of today; null when it is gone.',
  })
  artist(
    @Root() entry: ChartEditionEntry,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Artist | null> | null {
    return entry.artistAddress
      ? loaders.artist.load({ key: entry.artistAddress, selection: selectionOf(info) })
      : null;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description:
      'Plays that the song has in this chart and week by all plays and genres of the last refresh; 0 when the song has left the chart. Null where `ChartEdition.revisedUnavailable` says why.',
  })
  async revisedPlays(
    @Root() entry: ChartEditionEntry,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<number | bigint | null> {
    const revision = await loaders.charts.revision.load(entry);
    return revision.get(entry.songId)?.plays ?? null;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'The place by `revisedPlays`, which may be beyond 100; null when no play is left, and where `revisedPlays` is null.',
  })
  async revisedRank(
    @Root() entry: ChartEditionEntry,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<number | null> {
    const revision = await loaders.charts.revision.load(entry);
    return revision.get(entry.songId)?.rank ?? null;
  }
}
