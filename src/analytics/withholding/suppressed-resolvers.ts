import { type ClassType, FieldResolver, Resolver, Root } from 'type-graphql';
import { FollowsViews } from '../../views/follows-views.js';
import { Artist } from '../artist-analytics/type.js';
import { ChartEditionEntry } from '../charts/entries/entry.js';
import { GenreStats } from '../genre-stats/type.js';
import { PlatformStats } from '../platform-stats/type.js';
import { Song } from '../song-analytics/type.js';
import { suppressedDescription, suppressedField } from './suppressed.js';

/** Adds `listenersSuppressed` to a type. The rule of the type holds for it. */
function suppressedResolverOf<Row extends object>(
  type: ClassType<Row>,
  countOf: (row: Row) => number | bigint | null | undefined,
) {
  @Resolver(() => type)
  class SuppressedResolver {
    @FollowsViews()
    @FieldResolver(() => Boolean, { description: suppressedDescription })
    [suppressedField](@Root() row: Row): boolean {
      return countOf(row) === null;
    }
  }
  return SuppressedResolver;
}

export const suppressedResolvers = [
  suppressedResolverOf(Song, ({ uniqueListeners }) => uniqueListeners),
  suppressedResolverOf(Artist, ({ uniqueListeners }) => uniqueListeners),
  suppressedResolverOf(GenreStats, ({ uniqueListeners }) => uniqueListeners),
  suppressedResolverOf(ChartEditionEntry, ({ uniqueListeners }) => uniqueListeners),
  suppressedResolverOf(PlatformStats, ({ totalListeners }) => totalListeners),
] as const;
