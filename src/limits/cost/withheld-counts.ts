import type { GraphQLSchema } from 'graphql';
import { conditionsOf } from './filter-load.js';
import type { OrderStep } from './index-orders.js';
import { unitCosts } from './unit-costs.js';

/** Counts whose being shown depends on the counts of many other rows. */
const withheldFields: ReadonlyMap<string, number> = new Map([
  ['Artist.uniqueListeners', unitCosts.withheldOfArtist],
  ['PlatformStats.totalListeners', unitCosts.withheldOfPlatform],
]);

const mark = 'withholdsListeners';

/** Has the operations of a schema cost what they do where small counts of listeners are withheld. */
export function weighWithheldCounts(schema: GraphQLSchema): void {
  schema.extensions = { ...schema.extensions, [mark]: true };
}

/** What a value costs besides where it may be withheld; 0 for all others, and where none are. */
export function withheldUnits(schema: GraphQLSchema, typeName: string, fieldName: string): number {
  return schema.extensions[mark] === true ? (withheldFields.get(`${typeName}.${fieldName}`) ?? 0) : 0;
}

/** The same for a list of all artists whose filter or ordering, which are coerced, asks for such a count of each. */
export function withheldUnitsOfList(
  schema: GraphQLSchema,
  orderType: string,
  filter: unknown,
  orderBy: unknown,
): number {
  if (schema.extensions[mark] !== true || orderType !== 'ArtistOrder') return 0;
  const isListeners = (field: string) => field === 'uniqueListeners';
  const isUsed =
    conditionsOf(filter).some(([field]) => isListeners(field)) ||
    (Array.isArray(orderBy) && (orderBy as readonly OrderStep[]).some(({ field }) => isListeners(field)));
  return isUsed ? unitCosts.withheldOfAllArtists : 0;
}
