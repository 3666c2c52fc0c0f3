import { Field, ID, InterfaceType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';

export const idDescription =
  'Identifies the object among those of all types: an opaque text for `node` and for the caches of clients.';

/** A row with the name of its type. */
export interface NodeRow {
  readonly __typename: string;
}

/** Access is checked by `Query.node` and by the fields of the object's type. */
@InterfaceType({
  description: 'An object that can be asked for by its identifier alone.',
  autoRegisterImplementations: false,
  resolveType: ({ __typename }: NodeRow) => __typename,
})
export class Node {
  @Access('public')
  @FollowsViews()
  @Field(() => ID, { description: idDescription })
  id!: string;
}
