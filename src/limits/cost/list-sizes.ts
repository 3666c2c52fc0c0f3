import { viewNames } from '../../catalogue/index.js';
import { Strategy } from '../../catalogue/strategy.js';

/** The arguments that say how long a list is. */
export const sizeArguments = ['first', 'last', 'limit', 'ids'] as const;

/** How long a page is when nobody says so. */
export const assumedPage = 20;

/** How long a list without such an argument is taken to be. */
export const assumedList = 20;

/** Lists without an argument of which more is known. */
export const knownLists: ReadonlyMap<string, number> = new Map([
  ['Query.genres', 50],
  ['Query.viewFreshness', viewNames.length],
  ['Monitoring.viewFreshness', viewNames.length],
  ['ArtistStatement.byStrategy', Object.keys(Strategy).length],
  ['ArtistStatement.adjustments', 50],
  ['IndexAdvice.suggestions', 10],
  ['WorkloadSuggestion.statements', 5],
  ['IndexSuggestion.columns', 5],
]);
