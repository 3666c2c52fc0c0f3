import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/**
 * Marks a resolver whose value depends only on its arguments, its parent object and the views. An answer made
 * of such fields can be cached until the views change.
 */
export function FollowsViews(): MethodDecorator & PropertyDecorator {
  return Extensions({ followsViews: true });
}

export function followsViews(field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): boolean {
  return field.extensions.followsViews === true;
}
