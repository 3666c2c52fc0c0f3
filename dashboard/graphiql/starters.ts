import texts from 'virtual:starters';

/** Sends a question to the gateway, with the operator key if there is one. */
export type Fetcher = (asked: {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}) => Promise<unknown>;

export interface Tab {
  readonly query: string;
  readonly variables?: string;
}

/** Something that is in the database, so that every operation finds something when it is tried. */
interface Found {
  readonly songId: string;
  readonly title: string;
  readonly genre: string;
  readonly artistAddress: string;
  readonly listenerAddress: string;
}

const nothingFound: Found = {
  songId: 'song-1',
  title: 'song',
  genre: 'Jazz',
  artistAddress: '0x1',
  listenerAddress: '0x1',
};

type Variables = (found: Found) => object;

const none: Variables = () => ({});
const five: Variables = () => ({ first: 5 });
const fiveAtMost: Variables = () => ({ limit: 5 });
const lastDays = { granularity: 'DAY', last: 7, timeZone: 'UTC', compareTo: 'PREVIOUS_PERIOD' };

/** For everybody, in the order of the tabs: first what says most without being told anything. */
const forEverybody: Readonly<Record<string, Variables>> = {
  PlatformStats: none,
  TrendingSongs: () => ({ first: 10 }),
  TopSongsThisWeek: () => ({ first: 10 }),
  Genres: none,
  Songs: ({ genre }) => ({
    filter: { genre: { eq: genre }, playCount: { gte: 10 } },
    orderBy: [{ field: 'TRENDING_SCORE', direction: 'DESC' }],
    first: 5,
  }),
  Artists: () => ({ orderBy: [{ field: 'TOTAL_EARNINGS', direction: 'DESC' }], first: 5 }),
  Song: ({ songId }) => ({ id: songId }),
  Artist: ({ artistAddress }) => ({ address: artistAddress }),
  TopSongsOfArtist: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  SongsOfArtist: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  Genre: ({ genre }) => ({ name: genre, first: 5 }),
  PopularSongs: five,
  SearchSongs: ({ title }) => ({ query: title, first: 5 }),
  PlatformSeries: () => lastDays,
  GenreSeries: ({ genre }) => ({ name: genre, ...lastDays }),
  ArtistSeries: ({ artistAddress }) => ({ address: artistAddress, ...lastDays }),
  SongSeries: ({ songId }) => ({ id: songId, ...lastDays }),
  ActiveListeners: () => ({ granularity: 'DAY', last: 7 }),
  ChartEdition: ({ genre }) => ({ genre, first: 10 }),
  ChartEditions: five,
  RevisedChartEdition: () => ({ first: 10 }),
  SongChartHistory: ({ songId }) => ({ id: songId, first: 5 }),
  TopSongsSinceLastEdition: () => ({ first: 10 }),
  ViewFreshness: none,
};

const forOperators: Readonly<Record<string, Variables>> = {
  GatewayHealth: fiveAtMost,
  QueryHealth: () => ({ windowMs: 60_000, limit: 5 }),
  RefreshHistory: fiveAtMost,
  RefreshViews: none,
  IndexAdvice: fiveAtMost,
  Explain: () => ({ query: '{ trendingSongs(first: 3) { title } }', analyze: false }),
  Listeners: five,
  Listener: ({ listenerAddress }) => ({ address: listenerAddress }),
  FavoriteArtists: ({ listenerAddress }) => ({ address: listenerAddress, first: 5 }),
  RecentPlaysOfListener: ({ listenerAddress }) => ({ address: listenerAddress, first: 5 }),
  ListenerSeries: ({ listenerAddress }) => ({ address: listenerAddress, ...lastDays }),
  RecentPlaysOfArtist: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  ArtistStatements: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  OpenStatement: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  StatementTotals: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  ClosedStatement: ({ artistAddress }) => ({ address: artistAddress, first: 5 }),
  SetThresholds: () => ({ slowQueryMs: 1000 }),
  ClearQueryMetrics: none,
};

/** The published operations, each with variables that find something in the database of this gateway. */
export async function starterTabs(fetcher: Fetcher, isOperator: boolean): Promise<Tab[]> {
  const found = await findSomething(fetcher, isOperator);
  const shown = isOperator ? { ...forOperators, ...forEverybody } : forEverybody;
  return Object.entries(shown).map(([name, variablesFor]) => {
    const query = texts[name];
    if (!query) throw new Error(`Expected a published operation, got ${name}.`);
    const variables = variablesFor(found);
    return Object.keys(variables).length === 0
      ? { query }
      : { query, variables: JSON.stringify(variables, null, 2) };
  });
}

const somethingPublic = '{ trendingSongs(first: 1) { songId title genre artistAddress } }';
const somethingOfListeners = '{ listeners(first: 1) { nodes { listenerAddress } } }';

async function findSomething(fetcher: Fetcher, isOperator: boolean): Promise<Found> {
  const [songs, listeners] = await Promise.all([
    dataOf<{ trendingSongs: Partial<Found>[] }>(fetcher, somethingPublic),
    isOperator
      ? dataOf<{ listeners: { nodes: Partial<Found>[] } }>(fetcher, somethingOfListeners)
      : undefined,
  ]);
  const all = { ...songs?.trendingSongs[0], ...listeners?.listeners.nodes[0] };
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  return { ...nothingFound, ...present };
}

/** GraphiQL opens all the same when there is no answer. */
async function dataOf<Data>(fetcher: Fetcher, query: string): Promise<Data | undefined> {
  try {
    return ((await fetcher({ query })) as { readonly data?: Data }).data ?? undefined;
  } catch {
    return undefined;
  }
}
