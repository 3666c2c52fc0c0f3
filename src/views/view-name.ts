import { registerEnumType } from 'type-graphql';
import { views } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';

type EnumName = Uppercase<ViewName>;

/** The views as GraphQL names them. */
export const ViewNameEnum = Object.fromEntries(views.map(({ name }) => [name.toUpperCase(), name])) as {
  readonly [Name in ViewName as Uppercase<Name>]: Name;
};

/** What each view is about, by its GraphQL name. */
export const viewDescriptions = Object.fromEntries(
  views.map(({ name, description }) => [name.toUpperCase(), { description }]),
) as Readonly<Record<EnumName, { readonly description: string }>>;

registerEnumType(ViewNameEnum, {
  name: 'ViewName',
  description: 'The materialized views.',
  valuesConfig: viewDescriptions,
});
