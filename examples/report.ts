/** Prints the chart of the week: `npx tsx examples/report.ts http://127.0.0.1:4000`. */
import {
  createPollingClient,
  PlatformStatsDocument,
  TopSongsThisWeekDocument,
  ViewFreshnessDocument,
} from 'mycelix-analytics/client';

const url = process.argv[2] ?? 'http://127.0.0.1:4000';
const client = createPollingClient({ url: `${url}/graphql` });
const { platformStats } = (await client.ask(PlatformStatsDocument, {})).data;
const { topSongsThisWeek } = (await client.ask(TopSongsThisWeekDocument, { first: 10 })).data;
const { viewFreshness } = (await client.ask(ViewFreshnessDocument, {})).data;

console.log(`${platformStats.totalPlays} plays of ${platformStats.totalSongs} songs, as of`);
console.log(`${viewFreshness[0]?.lastRefreshed ?? 'never'}. The week:\n`);
for (const { rank, plays, title, artist } of topSongsThisWeek)
  console.log(
    `${String(rank).padStart(3)}. ${String(plays).padStart(7)}  ${title} (${artist?.artistName ?? 'unknown'})`,
  );
