import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';
import type { AnalyticsContext } from '../context.js';
import { requireStorable } from '../filtering/storable-text.js';
import { listSize, SizeArgument } from '../paging/size-argument.js';
import { selectionOf } from '../selection.js';
import { SeriesArguments } from '../series/arguments.js';
import { readSeries } from '../series/read-series.js';
import { Series } from '../series/type.js';
import { listTrendingSongs } from '../song-analytics/repository.js';
import { Song } from '../song-analytics/type.js';
import { findGenre, listGenres } from './repository.js';
import { GenreStats } from './type.js';

const defaultSongs = 10;

@Resolver(() => GenreStats)
export class GenreStatsResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => [GenreStats], { description: 'All genres that a song has, most played first.' })
  genres(@Ctx() { reader }: AnalyticsContext, @Info() info: GraphQLResolveInfo): Promise<GenreStats[]> {
    return listGenres(reader, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @Query(() => GenreStats, { nullable: true, description: 'One genre; null when no song has it.' })
  genre(
    @Arg('name', () => String, { description: 'The name of the genre, as the songs have it.' }) name: string,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GenreStats | null> {
    return findGenre(reader, requireStorable('name', name), selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => [Song], { description: 'The songs of the genre with the highest trending scores.' })
  topSongs(
    @Root() genre: GenreStats,
    @SizeArgument(defaultSongs, 'songs') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song[]> {
    return listTrendingSongs(reader, {
      name: 'genre.topSongs',
      first: listSize(first, defaultSongs),
      genre: genre.genre,
      selection: selectionOf(info),
    });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Series, {
    description:
      'The plays of the songs of the genre along time; each counts under the genre that its song has now.',
  })
  series(
    @Root() genre: GenreStats,
    @Args(() => SeriesArguments) given: SeriesArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> {
    return readSeries(loaders, { kind: 'genre', key: genre.genre }, given, selectionOf(info));
  }
}
