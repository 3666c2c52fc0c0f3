/** A dashboard of twenty tiles in one document, as somebody would write it who has one request a screen. */
const tiles = [
  'totals: platformStats { totalArtists totalSongs totalPlays totalListeners totalVolume avgPayment playsLast24h playsLast7d playsLast30d }',
  'strategies: platformStats { songsPayPerStream songsGiftEconomy songsPatronage songsAuction }',
  'age: viewFreshness { view lastRefreshed ageSeconds stale }',
  'genres { genre totalSongs totalArtists totalPlays totalEarnings uniqueListeners popularityRank }',
  'chart: topSongsThisWeek(first: 50) { rank title artistName genre plays }',
  'trending: trendingSongs(first: 20) { ...Tile }',
  ...['Rock', 'Jazz', 'Ambient', 'House', 'Folk', 'Metal'].map(
    (genre) => `trending${genre}: trendingSongs(first: 10, genre: "${genre}") { ...Tile }`,
  ),
  ...['PAY_PER_STREAM', 'GIFT_ECONOMY', 'PATRONAGE', 'AUCTION'].map(
    (strategy) => `popular${strategy}: popularSongs(first: 10, strategy: ${strategy}) { ...Tile }`,
  ),
  'newest: songs(first: 20, orderBy: [{ field: FIRST_PLAYED, direction: DESC }]) { totalCount nodes { ...Tile } }',
  'artists(first: 20, orderBy: [{ field: TOTAL_EARNINGS, direction: DESC }]) { totalCount nodes { artistAddress artistName totalPlays totalEarnings } }',
  'rising: artists(first: 10, orderBy: [{ field: PLAYS_LAST_7_DAYS, direction: DESC }]) { nodes { artistName topSongs(first: 3) { title playCount } } }',
  'rock: genre(name: "Rock") { totalPlays topSongs(first: 10) { ...Tile } }',
];

export const tileCount = tiles.length;

export const dashboard = `query Dashboard { ${tiles.join('\n')} }
fragment Tile on Song { songId title genre strategy playCount trendingScore totalEarnings artist { artistName } }`;
