import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar } from '../../scalars/index.js';
import type { AnalyticsContext } from '../context.js';
import { listSize, SizeArgument } from '../paging/size-argument.js';
import { listPlaysOfListener } from '../plays/repository.js';
import { Play } from '../plays/type.js';
import { connectionSelection, selectionOf } from '../selection.js';
import { SeriesArguments } from '../series/arguments.js';
import { readSeries } from '../series/read-series.js';
import { Series } from '../series/type.js';
import { FavoriteArtist } from './favorite-artist.js';
import { findListener, listFavoriteArtists, listListeners } from './repository.js';
import { Listener, ListenerConnection, ListenerListArguments } from './type.js';

const defaultPlays = 20;
const defaultArtists = 10;

@Resolver(() => Listener)
export class ListenerResolver {
  @Access({ subject: (_: unknown, args: { address: string }) => args.address })
  @Query(() => Listener, {
    nullable: true,
    description:
      'One listener; null when the address has no play. For the listener itself and for operators.',
  })
  listener(
    @Arg('address', () => AddressScalar, { description: 'The wallet address of the listener.' })
    address: string,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Listener | null> {
    return findListener(reader, address, selectionOf(info));
  }

  @Access('operator')
  @Query(() => ListenerConnection, {
    description:
      'All listeners that fit a filter, page by page; most plays first unless ordered otherwise. For operators.',
  })
  listeners(
    @Args(() => ListenerListArguments) list: ListenerListArguments,
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listListeners(reader, { ...list, ...connectionSelection(info) });
  }

  @Access({ subject: (listener: Listener) => listener.listenerAddress })
  @FieldResolver(() => [Play], {
    description: 'The latest plays of the listener, as they stand at this moment.',
  })
  recentPlays(
    @Root() listener: Listener,
    @SizeArgument(defaultPlays, 'plays') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
  ): Promise<Play[]> {
    return listPlaysOfListener(reader, listener.listenerAddress, listSize(first, defaultPlays));
  }

  @Access({ subject: (listener: Listener) => listener.listenerAddress })
  @FieldResolver(() => [FavoriteArtist], {
    description: 'The artists that the listener has played most, counted at this moment.',
  })
  favoriteArtists(
    @Root() listener: Listener,
    @SizeArgument(defaultArtists, 'artists') first: number | null,
    @Ctx() { reader }: AnalyticsContext,
  ): Promise<FavoriteArtist[]> {
    return listFavoriteArtists(reader, listener.listenerAddress, listSize(first, defaultArtists));
  }

  @Access({ subject: (listener: Listener) => listener.listenerAddress })
  @FieldResolver(() => Series, {
    description: 'The plays of the listener along time, as they were counted at the last refresh.',
  })
  series(
    @Root() listener: Listener,
    @Args(() => SeriesArguments) given: SeriesArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> {
    return readSeries(loaders, { kind: 'listener', key: listener.listenerAddress }, given, selectionOf(info));
  }
}
