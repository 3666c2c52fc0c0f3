import type { GraphQLResolveInfo } from 'graphql';
import { type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { AnalyticsContext } from '../context.js';
import { selectionOf } from '../selection.js';
import { Song } from '../song-analytics/type.js';
import { StatementAdjustment, StatementSong } from './type.js';

/** Adds the field `song` to a type that names one. */
function songResolverOf<Row extends { readonly songId: string }>(type: ClassType<Row>) {
  @Resolver(() => type)
  class SongResolver {
    @Access('public')
    @FieldResolver(() => Song, {
      nullable: true,
      description: 'The song with all its numbers of today; null when it is gone.',
    })
    song(
      @Root() row: Row,
      @Ctx() { loaders }: AnalyticsContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Song | null> {
      return loaders.song.load({ key: row.songId, selection: selectionOf(info) });
    }
  }
  return SongResolver;
}

export const statementSongResolvers = [
  songResolverOf(StatementSong),
  songResolverOf(StatementAdjustment),
] as const;
