import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { Artist } from '../artist-analytics/type.js';
import type { AnalyticsContext } from '../context.js';
import { Selection, selectionOf } from '../selection.js';
import { FavoriteArtist } from './favorite-artist.js';

const nameOnly = new Selection(new Set(['artistName']));

@Resolver(() => FavoriteArtist)
export class FavoriteArtistResolver {
  @Access('public')
  @FieldResolver(() => String, { nullable: true, description: 'The name that the artist shows.' })
  async artistName(
    @Root() favorite: FavoriteArtist,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<string | null> {
    const artist = await loaders.artist.load({ key: favorite.artistAddress, selection: nameOnly });
    return artist?.artistName ?? null;
  }

  @Access('public')
  @FieldResolver(() => Artist, {
    nullable: true,
    description: 'The artist; null until a refresh has seen it.',
  })
  artist(
    @Root() favorite: FavoriteArtist,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Artist | null> {
    return loaders.artist.load({ key: favorite.artistAddress, selection: selectionOf(info) });
  }
}
