/**
 * What withholding small counts of listeners costs the statements that read them, and how much stays to be seen.
 *
 *   npm run bench -- withholding [--plays 300000] [--times 7] [--database URL]
 */
import { parseArgs } from 'node:util';
import type { Compilable } from 'kysely';
import { literal } from '../src/analytics/read.js';
import { viewRows } from '../src/analytics/withholding/view-rows.js';
import { artistAnalytics } from '../src/catalogue/artist-analytics.js';
import { platformStats } from '../src/catalogue/platform-stats.js';
import { songAnalytics } from '../src/catalogue/song-analytics.js';
import { openServer } from '../src/database/server.js';
import { connectTo, startDatabase } from './support/database.js';
import { median } from './support/median.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '300000' },
    times: { type: 'string', default: '7' },
    database: { type: 'string' },
  },
});
const size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const under = 5;

const source = options.database
  ? await connectTo(options.database)
  : await startDatabase(size, (text) => console.error(text));
const database = openServer({ connectionString: source.url, statementTimeoutMs: 60_000 });

const songs = (withholdUnder: number) =>
  viewRows({ withholdUnder }, songAnalytics).select(['song_id', 'unique_listeners']);
const artists = (withholdUnder: number) =>
  viewRows({ withholdUnder }, artistAnalytics).select(['artist_address', 'unique_listeners']);
const platform = (withholdUnder: number) =>
  viewRows({ withholdUnder }, platformStats).select('total_listeners');

const statements: Readonly<Record<string, (withholdUnder: number) => Compilable<unknown>>> = {
  '21 songs by plays': (number) =>
    songs(number).orderBy('play_count', 'desc').orderBy('song_id').limit(literal(21)),
  '21 songs by listeners': (number) =>
    songs(number)
      .orderBy('unique_listeners', (order) => order.desc().nullsLast())
      .limit(literal(21)),
  '21 artists by plays': (number) =>
    artists(number).orderBy('total_plays', 'desc').orderBy('artist_address').limit(literal(21)),
  '21 artists by listeners': (number) =>
    artists(number)
      .orderBy('unique_listeners', (order) => order.desc().nullsLast())
      .limit(literal(21)),
  totalListeners: platform,
};

async function msOf(query: Compilable<unknown>): Promise<number> {
  const taken: number[] = [];
  while (taken.length < Number(options.times)) {
    const start = performance.now();
    await database.reader.read('bench', query);
    taken.push(performance.now() - start);
  }
  return median(taken);
}

console.log('| statement | off, ms | on, ms |\n| --- | --- | --- |');
for (const [name, make] of Object.entries(statements)) {
  const [off, on] = [await msOf(make(0)), await msOf(make(under))];
  console.log(`| ${name} | ${off.toFixed(1)} | ${on.toFixed(1)} |`);
}
for (const [name, rows] of Object.entries({ songs, artists, platform })) {
  const read = await database.reader.read<Record<string, unknown>>('bench', rows(under));
  const shown = read.filter((row) => !Object.values(row).includes(null));
  console.log(`${name}: ${shown.length} of ${read.length} counts are shown under ${under}`);
}
await database.close();
await source.stop();
