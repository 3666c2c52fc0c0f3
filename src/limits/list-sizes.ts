/** The arguments that say how long a list is. */
export const sizeArguments = ['first', 'last', 'limit'] as const;

/** How long a page is when nobody says so. */
export const assumedPage = 20;

/** How long a list without such an argument is taken to be. */
export const assumedList = 20;

/** Lists without an argument of which more is known. */
export const knownLists: ReadonlyMap<string, number> = new Map([
  ['Query.genres', 50],
  ['Query.viewFreshness', 6],
  ['Monitoring.viewFreshness', 6],
  ['IndexAdvice.suggestions', 10],
  ['WorkloadSuggestion.statements', 5],
  ['IndexSuggestion.columns', 5],
]);

/** The fields by which an index of the view has its rows in order, by the type of the argument. */
export const orderedByIndex: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ArtistOrder', new Set(['artistAddress', 'totalPlays', 'totalEarnings', 'playsLast7Days', 'artistName'])],
  ['SongOrder', new Set(['songId', 'trendingScore', 'playCount'])],
  ['ListenerOrder', new Set(['listenerAddress', 'totalPlays', 'totalSpent'])],
]);
