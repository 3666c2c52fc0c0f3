import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Access, type AccessRule } from '../../auth/access.js';
import type { RowNames } from '../../catalogue/view.js';
import { BigIntScalar } from '../../scalars/index.js';

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows come after the last one of this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether rows come before the first one of this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first row; null for an empty page.',
  })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last row; null for an empty page.' })
  endCursor!: string | null;
}

/** Makes the connection and the edge of a list, in the form of the Relay specification. */
export function connectionOf<Node extends object>(
  node: ClassType<Node>,
  { type, plural }: RowNames,
  access: AccessRule,
) {
  @Access(access)
  @ObjectType(`${type}Edge`, {
    simpleResolvers: true,
    description: `One of the ${plural}, and its place in the list.`,
  })
  class Edge {
    @Field(() => node, { description: 'The row itself.' })
    node!: Node;

    @Field(() => String, { description: 'The place of this row: an opaque text for `after` and `before`.' })
    cursor!: string;
  }

  @Access(access)
  @ObjectType(`${type}Connection`, { simpleResolvers: true, description: `One page of ${plural}.` })
  class Connection {
    @Field(() => [node], { description: 'The rows of this page, in order.' })
    nodes!: readonly Node[];

    @Field(() => [Edge], { description: 'The rows of this page with their cursors.' })
    edges!: readonly Edge[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;

    @Field(() => BigIntScalar, {
      description: `How many ${plural} fit the filter, over all pages. Counted only when asked for.`,
    })
    totalCount!: number | bigint | null;
  }

  return Connection;
}
