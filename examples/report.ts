/** Prints the chart of the week: `npx tsx examples/report.ts http://127.0.0.1:4000`. */
import { ask } from './ask.js';
import { PlatformStatsDocument, TopSongsThisWeekDocument, ViewFreshnessDocument } from './operations.js';

const url = process.argv[2] ?? 'http://127.0.0.1:4000';
const { platformStats } = await ask(url, PlatformStatsDocument, {});
const { topSongsThisWeek } = await ask(url, TopSongsThisWeekDocument, { first: 10 });
const { viewFreshness } = await ask(url, ViewFreshnessDocument, {});

console.log(`${platformStats.totalPlays} plays of ${platformStats.totalSongs} songs, as of`);
console.log(`${viewFreshness[0]?.lastRefreshed ?? 'never'}. The week:\n`);
for (const { rank, plays, title, artist } of topSongsThisWeek)
  console.log(
    `${String(rank).padStart(3)}. ${String(plays).padStart(7)}  ${title} (${artist?.artistName ?? 'unknown'})`,
  );
