import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { Artist } from '../artist-analytics/type.js';
import type { AnalyticsContext } from '../context.js';
import { connectionSelection } from '../selection.js';
import { StatementPageArguments } from './page-arguments.js';
import { ArtistStatement, ArtistStatementConnection } from './type.js';

/** Nullable, so that refusing these fields leaves the rest of the artist, which is public. */
@Resolver(() => Artist)
export class StatementsOfArtistResolver {
  @Access({ subject: (artist: Artist) => artist.artistAddress })
  @FieldResolver(() => ArtistStatementConnection, {
    nullable: true,
    description:
      'The closed statements of the artist, latest month first. A month without plays and adjustments has none. For the artist and for operators.',
  })
  statements(
    @Root() artist: Artist,
    @Args(() => StatementPageArguments) page: StatementPageArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { parts } = connectionSelection(info);
    return loaders.statement.closed.load({ owner: artist.artistAddress, page, parts });
  }

  @Access({ subject: (artist: Artist) => artist.artistAddress })
  @FieldResolver(() => ArtistStatement, {
    nullable: true,
    description:
      'What the month that is not closed yet has at the last refresh, with the adjustments so far. Plays that are stamped later than this month count in it until their own month is open. For the artist and for operators.',
  })
  openStatement(@Root() artist: Artist, @Ctx() { loaders }: AnalyticsContext): Promise<ArtistStatement> {
    return loaders.statement.open.load(artist.artistAddress);
  }
}
