/** An operation that is asked for by its hash, and brought only if the gateway does not know it yet. */
interface AskedDocument<Data, Variables> {
  readonly name: string;
  readonly hash: string;
  readonly text: string;
  /** For the compiler alone. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}

// An ambient module can import nothing by a relative path, but name what is there.
declare module 'virtual:documents' {
  export const Artist: AskedDocument<
    import('./operations.ts').ArtistQuery,
    import('./operations.ts').ArtistQueryVariables
  >;
  export const Artists: AskedDocument<
    import('./operations.ts').ArtistsQuery,
    import('./operations.ts').ArtistsQueryVariables
  >;
  export const TopSongsOfArtist: AskedDocument<
    import('./operations.ts').TopSongsOfArtistQuery,
    import('./operations.ts').TopSongsOfArtistQueryVariables
  >;
  export const Genres: AskedDocument<
    import('./operations.ts').GenresQuery,
    import('./operations.ts').GenresQueryVariables
  >;
  export const Genre: AskedDocument<
    import('./operations.ts').GenreQuery,
    import('./operations.ts').GenreQueryVariables
  >;
  export const PlatformStats: AskedDocument<
    import('./operations.ts').PlatformStatsQuery,
    import('./operations.ts').PlatformStatsQueryVariables
  >;
  export const Song: AskedDocument<
    import('./operations.ts').SongQuery,
    import('./operations.ts').SongQueryVariables
  >;
  export const Songs: AskedDocument<
    import('./operations.ts').SongsQuery,
    import('./operations.ts').SongsQueryVariables
  >;
  export const TrendingSongs: AskedDocument<
    import('./operations.ts').TrendingSongsQuery,
    import('./operations.ts').TrendingSongsQueryVariables
  >;
  export const TopSongsThisWeek: AskedDocument<
    import('./operations.ts').TopSongsThisWeekQuery,
    import('./operations.ts').TopSongsThisWeekQueryVariables
  >;
  export const QueryHealth: AskedDocument<
    import('./operations.ts').QueryHealthQuery,
    import('./operations.ts').QueryHealthQueryVariables
  >;
  export const GatewayHealth: AskedDocument<
    import('./operations.ts').GatewayHealthQuery,
    import('./operations.ts').GatewayHealthQueryVariables
  >;
  export const DatabaseHealth: AskedDocument<
    import('./operations.ts').DatabaseHealthQuery,
    import('./operations.ts').DatabaseHealthQueryVariables
  >;
  export const RefreshHistory: AskedDocument<
    import('./operations.ts').RefreshHistoryQuery,
    import('./operations.ts').RefreshHistoryQueryVariables
  >;
  export const IndexAdvice: AskedDocument<
    import('./operations.ts').IndexAdviceQuery,
    import('./operations.ts').IndexAdviceQueryVariables
  >;
  export const RefreshViews: AskedDocument<
    import('./operations.ts').RefreshViewsMutation,
    import('./operations.ts').RefreshViewsMutationVariables
  >;
}

declare module 'virtual:starters' {
  const starters: readonly { readonly name: string; readonly text: string }[];
  export default starters;
}
