/**
 * What one view of a dashboard of twenty tiles costs: statements, answers with a body, and bytes; first with the
 * gateway's cache off, then with it on, right after a refresh and between two.
 *
 *   npm run bench -- dashboard [--plays 200000] [--views 10] [--database URL] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { peers, type RunningPeer, startPeer } from './peers/peer.js';
import { askTile } from './pollers/ask-tile.js';
import { dashboard, type Tile } from './pollers/dashboard.js';
import { readsBetween, readsOfViews, total } from './pollers/statements.js';
import { addPlays, type Size } from './refresh/load.js';
import { build } from './support/build.js';
import { type BenchDatabase, connectTo, startDatabase } from './support/database.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '200000' },
    /** How many times the dashboard is looked at in each state. */
    views: { type: 'string', default: '10' },
    database: { type: 'string' },
    out: { type: 'string' },
  },
});
const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const views = Number(options.views);
let database: BenchDatabase | undefined;
let gateway: RunningPeer | undefined;
let stopping: Promise<void> | undefined;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    await gateway?.stop();
    await database?.stop();
  })();
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));

async function start(name: string, url: string): Promise<RunningPeer> {
  await gateway?.stop();
  gateway = await startPeer(peers.find((peer) => peer.name === name)!, {
    DATABASE_URL: url,
    REFRESH_SCHEDULE: 'off',
  });
  return gateway;
}

/** Opens the dashboard `count` times, each tile with the tag that its viewer has of it, if any; the means of one view. */
async function look(
  title: string,
  url: string,
  tiles: readonly Tile[],
  tags: (string | null)[] | null,
  count = views,
) {
  const { client } = database!;
  const before = await readsOfViews(client);
  let bodies = 0;
  let bytes = 0;
  const started = performance.now();
  for (let view = 0; view < count; view++)
    await Promise.all(
      tiles.map(async (tile, index) => {
        const answer = await askTile(url, tile, tags?.[index]);
        if (answer.status === 200) bodies += 1;
        bytes += answer.bytes;
        if (tags) tags[index] = answer.tag;
      }),
    );
  const ms = (performance.now() - started) / count;
  const statements = total(readsBetween(before, await readsOfViews(client))) / count;
  return { title, statements, bodies: bodies / count, bytes: bytes / count, ms };
}

try {
  build();
  database = options.database ? await connectTo(options.database) : await startDatabase(size, console.error);
  const { client } = database;
  const { rows } = await client.query<{ address: string }>(
    'select artist_address as address from mv_artist_analytics order by total_plays desc, artist_address limit 2',
  );
  const tiles = dashboard(rows.map((row) => row.address));
  const lines = [];

  const off = await start('gateway-uncached', database.url);
  await look('', off.url, tiles, null);
  lines.push(await look('cache off, each request by itself', off.url, tiles, null));
  const on = await start('gateway', database.url);
  lines.push(await look('cache on, the very first view', on.url, tiles, null, 1));
  const tags = tiles.map((): string | null => null);
  lines.push(await look('cache on, a new viewer', on.url, tiles, tags, 1));
  lines.push(await look('cache on, the same viewer again', on.url, tiles, tags));
  await addPlays(database, size, 1000);
  const beforeRefresh = await readsOfViews(client);
  await client.query('select refresh_all_materialized_views()');
  // The gateway hears of it, and asks for what is wanted most before it shows it.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const warmed = total(readsBetween(beforeRefresh, await readsOfViews(client)));
  lines.push(await look('the same viewer, right after a refresh', on.url, tiles, tags, 1));
  lines.push(await look('the same viewer, until the next', on.url, tiles, tags));

  console.log(
    [
      `| one view of ${tiles.length} tiles | statements | answers with a body | bytes of bodies | ms |`,
      '| --- | --: | --: | --: | --: |',
      ...lines.map(
        ({ title, statements, bodies, bytes, ms }) =>
          `| ${title} | ${statements} | ${bodies} | ${Math.round(bytes)} | ${ms.toFixed(1)} |`,
      ),
      '',
      `Statements that the gateway ran by itself after the refresh, before anybody asked: ${warmed}.`,
    ].join('\n'),
  );
  if (options.out) writeFileSync(options.out, `${JSON.stringify({ lines, warmed }, null, 2)}\n`);
} finally {
  await stopAll();
}
