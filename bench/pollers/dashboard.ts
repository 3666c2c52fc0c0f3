/** One tile of a dashboard. */
export interface Tile {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const song =
  'songId title genre strategy playCount uniqueListeners totalEarnings trendingScore playsLast7Days';
const artist = 'artistAddress artistName totalSongs totalPlays uniqueListeners totalEarnings playsLast7Days';
const genre = 'genre totalSongs totalPlays totalEarnings uniqueListeners playsLast7d popularityRank';

const trending = `query Trending($first: Int!, $genre: String) {
  trendingSongs(first: $first, genre: $genre) { ${song} artist { artistAddress artistName } }
}`;
const popular = `query Popular($first: Int!, $strategy: Strategy) {
  popularSongs(first: $first, strategy: $strategy) { ${song} }
}`;
const chart = `query Chart($first: Int!) {
  topSongsThisWeek(first: $first) { songId title artistAddress artistName genre plays rank }
}`;
const songs = `query Songs($filter: SongFilter, $orderBy: [SongOrder!], $first: Int) {
  songs(filter: $filter, orderBy: $orderBy, first: $first) { nodes { ${song} artist { artistName } } pageInfo { hasNextPage endCursor } }
}`;
const artists = `query Artists($orderBy: [ArtistOrder!], $first: Int) {
  artists(orderBy: $orderBy, first: $first) { nodes { ${artist} } }
}`;
const artistPage = `query Artist($address: Address!) { artist(address: $address) { ${artist} topSongs(first: 10) { ${song} } } }`;

/** Twenty tiles, as a front end would show them side by side: numbers, rankings, charts, tables and two pages of artists. */
export function dashboard(addresses: readonly string[]): readonly Tile[] {
  const by = (field: string) => [{ field, direction: 'DESC' }];
  return [
    {
      query: 'query Plays { platformStats { totalPlays playsLast24h playsLast7d playsLast30d } }',
      variables: {},
    },
    {
      query: 'query Money { platformStats { totalVolume avgPayment totalListeners totalArtists } }',
      variables: {},
    },
    {
      query:
        'query Catalogue { platformStats { totalSongs songsPayPerStream songsGiftEconomy songsPatronage songsAuction newSongsLast7d newSongsLast30d } }',
      variables: {},
    },
    { query: trending, variables: { first: 20 } },
    { query: trending, variables: { first: 10, genre: 'Genre 0' } },
    { query: trending, variables: { first: 10, genre: 'Genre 1' } },
    ...['PAY_PER_STREAM', 'GIFT_ECONOMY', 'PATRONAGE', 'AUCTION'].map((strategy) => ({
      query: popular,
      variables: { first: 10, strategy },
    })),
    { query: chart, variables: { first: 10 } },
    { query: chart, variables: { first: 100 } },
    { query: `query Genres { genres { ${genre} } }`, variables: {} },
    {
      query: `query Genre($name: String!) { genre(name: $name) { ${genre} topSongs(first: 5) { ${song} } } }`,
      variables: { name: 'Genre 0' },
    },
    {
      query: songs,
      variables: {
        filter: { genre: { in: ['Genre 0', 'Genre 1'] }, playCount: { gte: 100 } },
        orderBy: by('PLAY_COUNT'),
        first: 20,
      },
    },
    {
      query: songs,
      variables: { filter: { strategy: { eq: 'PATRONAGE' } }, orderBy: by('TOTAL_EARNINGS'), first: 20 },
    },
    { query: artists, variables: { orderBy: by('TOTAL_PLAYS'), first: 20 } },
    { query: artists, variables: { orderBy: by('PLAYS_LAST_7_DAYS'), first: 20 } },
    ...addresses.slice(0, 2).map((address) => ({ query: artistPage, variables: { address } })),
  ];
}
