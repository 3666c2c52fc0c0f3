import type { GraphQLSchema } from 'graphql';
import { conditionsOf } from './filter-load.js';
import type { OrderStep } from './index-orders.js';
import { unitCosts } from './unit-costs.js';

/** Counts whose being shown depends on the counts of many other rows, and what says whether they are. */
const withheldFields: ReadonlyMap<string, number> = new Map([
  ['Artist.uniqueListeners', unitCosts.withheldOfArtist],
  ['Artist.listenersSuppressed', unitCosts.withheldOfArtist],
  ['PlatformStats.totalListeners', unitCosts.withheldOfPlatform],
  ['PlatformStats.listenersSuppressed', unitCosts.withheldOfPlatform],
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

/** The same for a filter of a list, which is coerced, that asks for such a count of every artist. */
export function withheldUnitsOfFilter(schema: GraphQLSchema, orderType: string, filter: unknown): number {
  return ofAllArtists(schema, orderType, () => conditionsOf(filter).some(([field]) => field === listeners));
}

/** The same for an ordering, which is coerced. */
export function withheldUnitsOfOrder(schema: GraphQLSchema, orderType: string, orderBy: unknown): number {
  const steps: readonly OrderStep[] = Array.isArray(orderBy) ? orderBy : [];
  return ofAllArtists(schema, orderType, () => steps.some(({ field }) => field === listeners));
}

const listeners = 'uniqueListeners';

function ofAllArtists(schema: GraphQLSchema, orderType: string, isUsed: () => boolean): number {
  return schema.extensions[mark] === true && orderType === 'ArtistOrder' && isUsed()
    ? unitCosts.withheldOfAllArtists
    : 0;
}
