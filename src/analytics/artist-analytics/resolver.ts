import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar } from '../../scalars/index.js';
import { FollowsViews } from '../../views/follows-views.js';
import type { AnalyticsContext } from '../context.js';
import { listSize, SizeArgument } from '../paging/size-argument.js';
import { listPlaysOfArtist } from '../plays/repository.js';
import { Play } from '../plays/type.js';
import { connectionSelection, selectionOf } from '../selection.js';
import { SeriesArguments } from '../series/arguments.js';
import { readSeries } from '../series/read-series.js';
import { Series } from '../series/type.js';
import { listPopularSongs, listSongs } from '../song-analytics/repository.js';
import { Song, SongConnection, SongListArguments } from '../song-analytics/type.js';
import { findArtist, listArtists } from './repository.js';
import { Artist, ArtistConnection, ArtistListArguments } from './type.js';

const defaultSongs = 10;
const defaultPlays = 20;

@Resolver(() => Artist)
export class ArtistResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => Artist, {
    nullable: true,
    description: 'One artist; null when there is none with this address.',
  })
  artist(
    @Arg('address', () => AddressScalar, { description: 'The wallet address of the artist.' })
    address: string,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Artist | null> {
    return findArtist(reader, address, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @Query(() => ArtistConnection, {
    description: 'All artists that fit a filter, page by page; most played first unless ordered otherwise.',
  })
  artists(
    @Args(() => ArtistListArguments) list: ArtistListArguments,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listArtists(reader, { ...list, ...connectionSelection(info) });
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => SongConnection, {
    description: 'The songs of the artist, page by page; most played first unless ordered otherwise.',
  })
  songs(
    @Root() artist: Artist,
    @Args(() => SongListArguments) list: SongListArguments,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listSongs(reader, { ...list, ...connectionSelection(info) }, artist.artistAddress);
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => [Song], { description: 'The most played songs of the artist.' })
  topSongs(
    @Root() artist: Artist,
    @SizeArgument(defaultSongs, 'songs') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song[]> {
    return listPopularSongs(
      reader,
      {
        name: 'artist.topSongs',
        first: listSize(first, defaultSongs),
        selection: selectionOf(info),
      },
      { artistAddress: artist.artistAddress },
    );
  }

  @Access({ subject: (artist: Artist) => artist.artistAddress })
  @FieldResolver(() => [Play], {
    // Nullable, so that refusing this field leaves the rest of the artist, which is public.
    nullable: true,
    description:
      'The latest plays of the songs of the artist, as they stand at this moment. For the artist and for operators.',
  })
  recentPlays(
    @Root() artist: Artist,
    @SizeArgument(defaultPlays, 'plays') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
  ): Promise<Play[]> {
    return listPlaysOfArtist(reader, artist.artistAddress, listSize(first, defaultPlays));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Series, {
    description:
      'The plays of the songs of the artist along time; each counts for the artist that its song has now.',
  })
  series(
    @Root() artist: Artist,
    @Args(() => SeriesArguments) given: SeriesArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> {
    return readSeries(loaders, { kind: 'artist', key: artist.artistAddress }, given, selectionOf(info));
  }
}
