import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/**
 * Says of a field with a resolver: its value is a function of its arguments, of the object that it belongs to, and of
 * the views. Until they move, an answer made of such fields is as good as new.
 */
export function FollowsViews(): MethodDecorator & PropertyDecorator {
  return Extensions({ followsViews: true });
}

export function followsViews(field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): boolean {
  return field.extensions.followsViews === true;
}
