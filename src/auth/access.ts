import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { Extensions } from 'type-graphql';

/** Says whose the value is. Without an address nobody but an operator may see it. */
export type SubjectOf<Source, Args> = (source: Source, args: Args) => string | null | undefined;

/**
 * Who may ask for a field: everybody, operators, or the one address that the value is about (and operators).
 * Where that address stands, only the field knows, so a subject rule says it as a function.
 */
export type AccessRule<Source = never, Args = never> =
  | 'public'
  | 'operator'
  | { readonly subject: SubjectOf<Source, Args> };

/**
 * The access rule of a field, a query, a mutation, or of a whole object type. The rule of a type holds for those of
 * its fields that carry none of their own. A field that ends up without a rule keeps the gateway from starting.
 *
 *     @Access('public')
 *     @Access({ subject: (_: unknown, args: { address: string }) => args.address })
 *     @Access({ subject: (artist: ArtistAnalytics) => artist.artistAddress })
 */
export function Access<Source = never, Args = never>(
  rule: AccessRule<Source, Args>,
): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Extensions({ access: rule });
}

/** The rule that holds for a field: its own, else its type's, else none. */
export function accessRuleOf(
  type: { readonly extensions?: GraphQLObjectType['extensions'] | null },
  field: { readonly extensions?: GraphQLField<unknown, unknown>['extensions'] | null },
): AccessRule | undefined {
  return (field.extensions?.access ?? type.extensions?.access) as AccessRule | undefined;
}
