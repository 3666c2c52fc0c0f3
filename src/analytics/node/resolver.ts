import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { badInput } from '../../errors.js';
import { FollowsViews } from '../../views/follows-views.js';
import type { AnalyticsContext } from '../context.js';
import { maxPageSize } from '../paging/page-arguments.js';
import { selectionOf } from '../selection.js';
import { findNode } from './find-node.js';
import { Node, type NodeRow } from './node.js';

@Resolver()
export class NodeResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => Node, {
    nullable: true,
    description:
      'The object with this `id`; null when there is none. Who may see it is the same as where it is a field: a listener and a statement only their own address and operators.',
  })
  node(
    @Arg('id', () => ID, { description: 'The `id` of the object.' }) id: string,
    @Ctx() context: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NodeRow | null> {
    return findNode(context, 'id', id, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @Query(() => [Node], {
    nullable: 'items',
    description: 'The objects with these identifiers, in their order; null where there is none.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: `The \`id\` of each object, at most ${maxPageSize}.` })
    ids: readonly string[],
    @Ctx() context: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NodeRow | null>[] {
    if (ids.length > maxPageSize) throw badInput(`ids: expected at most ${maxPageSize}, got ${ids.length}`);
    const selection = selectionOf(info);
    const found = new Map([...new Set(ids)].map((id) => [id, findNode(context, 'ids', id, selection)]));
    return ids.map((id) => found.get(id)!);
  }
}
