import { type ClassType, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { FollowsViews } from '../../views/follows-views.js';
import { Artist } from '../artist-analytics/type.js';
import { ArtistStatement } from '../artist-statements/type.js';
import { ChartEdition } from '../charts/editions/edition.js';
import { GenreStats } from '../genre-stats/type.js';
import { Listener } from '../listener-activity/type.js';
import { PlatformStats } from '../platform-stats/type.js';
import { Song } from '../song-analytics/type.js';
import { globalIdOf } from './global-id.js';
import { idDescription } from './node.js';

/** Adds `id` to a type: what is made of the key costs no statement. The rule of the type holds for it. */
function idResolverOf<Row extends object>(
  type: ClassType<Row>,
  name: string,
  keyOf: (row: Row) => readonly string[],
) {
  @Resolver(() => type)
  class IdResolver {
    @FollowsViews()
    @FieldResolver(() => ID, { description: idDescription })
    id(@Root() row: Row): string {
      return globalIdOf(name, ...keyOf(row));
    }
  }
  return IdResolver;
}

export const idResolvers = [
  idResolverOf(Artist, 'Artist', ({ artistAddress }) => [artistAddress]),
  idResolverOf(Song, 'Song', ({ songId }) => [songId]),
  idResolverOf(Listener, 'Listener', ({ listenerAddress }) => [listenerAddress]),
  idResolverOf(GenreStats, 'GenreStats', ({ genre }) => [genre]),
  idResolverOf(PlatformStats, 'PlatformStats', () => []),
  idResolverOf(ChartEdition, 'ChartEdition', ({ chart, number }) => [String(chart), String(number)]),
  idResolverOf(ArtistStatement, 'ArtistStatement', ({ artistAddress, month }) => [artistAddress, month]),
] as const;
