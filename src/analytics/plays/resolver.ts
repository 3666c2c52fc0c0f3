import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { AnalyticsContext } from '../context.js';
import { selectionOf } from '../selection.js';
import { Song } from '../song-analytics/type.js';
import { Play } from './type.js';

@Resolver(() => Play)
export class PlayResolver {
  @Access('public')
  @FieldResolver(() => Song, { nullable: true, description: 'The song; null until a refresh has seen it.' })
  song(
    @Root() play: Play,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Song | null> {
    return loaders.song.load({ key: play.songId, selection: selectionOf(info) });
  }
}
