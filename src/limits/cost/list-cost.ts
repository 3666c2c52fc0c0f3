import type { GraphQLSchema } from 'graphql';
import { filterLoad, sortedColumns } from './filter-load.js';
import { filterUnits, sortUnits, unitCosts } from './unit-costs.js';
import { withheldUnitsOfFilter, withheldUnitsOfOrder } from './withheld-counts.js';

/** What finding the rows of a whole list costs, without the rows. */
export interface ListCost {
  readonly units: number;
  readonly conditions: number;
  readonly patterns: number;
}

/** A list without filter and ordering. `units` is what it costs beyond the statement. */
export function plainListCost(units = 0): ListCost {
  return { units: unitCosts.list + units, conditions: 0, patterns: 0 };
}

/** A list of a view by its filter and ordering, both coerced. `orderType` is the type of the ordering. */
export function filteredListCost(
  schema: GraphQLSchema,
  orderType: string,
  filter: unknown,
  orderBy: unknown,
): ListCost {
  const load = filterLoad(filter);
  const units =
    filterUnits(load) +
    withheldUnitsOfFilter(schema, orderType, filter) +
    sortUnits(sortedColumns(orderType, orderBy)) +
    withheldUnitsOfOrder(schema, orderType, orderBy);
  return { units: unitCosts.list + units, conditions: load.conditions, patterns: load.patterns };
}
