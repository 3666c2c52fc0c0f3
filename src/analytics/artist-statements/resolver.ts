import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { AnalyticsContext } from '../context.js';
import { connectionSelection } from '../selection.js';
import { StatementPageArguments } from './page-arguments.js';
import { ArtistStatement, StatementAdjustment, StatementSongConnection, StatementStrategy } from './type.js';

@Resolver(() => ArtistStatement)
export class ArtistStatementResolver {
  @Access('public')
  @FieldResolver(() => [StatementStrategy], {
    description: '`plays` and `earnings` by economic model, most earned first.',
  })
  byStrategy(
    @Root() statement: ArtistStatement,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<readonly StatementStrategy[]> {
    return loaders.statement.strategies.load(statement);
  }

  @Access('public')
  @FieldResolver(() => StatementSongConnection, {
    description: '`plays` and `earnings` by song, most earned first.',
  })
  songs(
    @Root() statement: ArtistStatement,
    @Args(() => StatementPageArguments) page: StatementPageArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { parts } = connectionSelection(info);
    return loaders.statement.songs.load({ owner: statement, page, parts });
  }

  @Access('public')
  @FieldResolver(() => [StatementAdjustment], {
    description:
      'What changed in months that were closed before, by month and song, latest months first. It is not in `plays` and `earnings`.',
  })
  adjustments(
    @Root() statement: ArtistStatement,
    @Ctx() { loaders }: AnalyticsContext,
  ): Promise<readonly StatementAdjustment[]> {
    return loaders.statement.adjustments.load(statement);
  }
}
