import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { Strategy } from '../../catalogue/strategy.js';
import { badInput } from '../../errors.js';
import { FollowsViews } from '../../views/follows-views.js';
import { Artist } from '../artist-analytics/type.js';
import type { AnalyticsContext } from '../context.js';
import { requireStorable } from '../filtering/storable-text.js';
import { listSize, SizeArgument } from '../paging/size-argument.js';
import { connectionSelection, selectionOf } from '../selection.js';
import { SeriesArguments } from '../series/arguments.js';
import { readSeries } from '../series/read-series.js';
import { Series } from '../series/type.js';
import { findSong, listPopularSongs, listSongs, listTrendingSongs } from './repository.js';
import { Song, SongConnection, SongListArguments } from './type.js';

const maxSearchLength = 100;
const defaultSongs = 20;

@Resolver(() => Song)
export class SongResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => Song, {
    nullable: true,
    description: 'One song; null when there is none with this identifier.',
  })
  song(
    @Arg('id', () => ID, { description: 'The identifier of the song.' }) id: string,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song | null> {
    return findSong(reader, requireStorable('id', id), selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @Query(() => SongConnection, {
    description: 'All songs that fit a filter, page by page; most played first unless ordered otherwise.',
  })
  songs(
    @Args(() => SongListArguments) list: SongListArguments,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listSongs(reader, { ...list, ...connectionSelection(info) });
  }

  @Access('public')
  @FollowsViews()
  @Query(() => [Song], { description: 'Songs by trending score, highest first.' })
  trendingSongs(
    @SizeArgument(defaultSongs, 'songs') first: number | null,
    @Arg('genre', () => String, { nullable: true, description: 'Only songs of this genre.' }) genre:
      | string
      | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song[]> {
    return listTrendingSongs(reader, {
      name: 'trendingSongs',
      first: listSize(first, defaultSongs),
      genre: typeof genre === 'string' ? requireStorable('genre', genre) : null,
      selection: selectionOf(info),
    });
  }

  @Access('public')
  @FollowsViews()
  @Query(() => [Song], { description: 'Songs by their plays of all time, most played first.' })
  popularSongs(
    @SizeArgument(defaultSongs, 'songs') first: number | null,
    @Arg('strategy', () => Strategy, { nullable: true, description: 'Only songs under this economic model.' })
    strategy: Strategy | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song[]> {
    return listPopularSongs(
      reader,
      {
        name: 'popularSongs',
        first: listSize(first, defaultSongs),
        selection: selectionOf(info),
      },
      { strategy },
    );
  }

  @Access('public')
  @FollowsViews()
  @Query(() => [Song], { description: 'Songs whose title holds every word of the query, most played first.' })
  searchSongs(
    @Arg('query', () => String, {
      description:
        'Words, or beginnings or parts of words: 1 to 100 characters. Upper and lower case are the same.',
    })
    query: string,
    @SizeArgument(defaultSongs, 'songs') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song[]> {
    if (query.trim() === '' || query.length > maxSearchLength)
      throw badInput(
        `query: expected 1 to ${maxSearchLength} characters with a word in them, got ${query.length}`,
      );
    return listPopularSongs(
      reader,
      {
        name: 'searchSongs',
        first: listSize(first, defaultSongs),
        selection: selectionOf(info),
      },
      { search: requireStorable('query', query) },
    );
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Artist, { nullable: true, description: 'The artist who published the song.' })
  artist(
    @Root() song: Song,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Artist | null> | null {
    return song.artistAddress
      ? loaders.artist.load({ key: song.artistAddress, selection: selectionOf(info) })
      : null;
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Series, {
    description: 'The plays of the song along time.',
  })
  series(
    @Root() song: Song,
    @Args(() => SeriesArguments) given: SeriesArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> {
    return readSeries(loaders, { kind: 'song', key: song.songId }, given, selectionOf(info));
  }
}
