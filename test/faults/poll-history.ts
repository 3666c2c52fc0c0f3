import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from '../../src/config/read-config.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { createApp } from '../../src/gateway/app.js';
import { createLogger } from '../../src/http/logs/logger.js';
import { exchange } from '../support/exchange.js';
import type { PostgresServer } from '../support/postgres.js';
import { until } from '../support/wait.js';

/** What one client was told at one moment. */
export interface Told {
  readonly operation: string;
  readonly value: string;
  readonly asOf: string;
  readonly isStale: boolean;
}

export interface PollHistory {
  /** How many answers came, without those that said that nothing can be said. */
  readonly answers: number;
  readonly stale: number;
  readonly unavailable: number;
  readonly refreshes: number;
  /** Sentences; none when all went well. */
  readonly faults: readonly string[];
}

export interface PollHistoryOptions {
  readonly server: PostgresServer;
  /** How often plays are written and the views refreshed. */
  readonly refreshes: number;
  readonly clients: number;
  /** How often each client is answered between two refreshes at least, twice unless set. */
  readonly turns?: number;
  /** How often the database crashes meanwhile. It stays away until a client was shown something stale. */
  readonly crashes: number;
  /** How many gateways there are, one unless set. Each client asks them in turn, and says what it has seen. */
  readonly gateways?: number;
  /** Puts one address before those of the gateways. */
  readonly balance?: (urls: readonly string[]) => Promise<string>;
  /** What the gateways are set to besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Something that happens before each refresh, at the first gateway with this URL. */
  readonly beforeRefresh?: (url: string) => Promise<void>;
}

/** The truth about each operation, from the tables alone; `$1` is the instant. */
const operations = {
  '{ platformStats { totalPlays totalVolume playsLast24h } }': `
    select json_build_object('platformStats', json_build_object('totalPlays', count(*), 'totalVolume',
      coalesce(sum(amount_paid), 0)::text, 'playsLast24h', count(*) filter (where played_at >= $1::timestamptz - interval '24 hours'))) as value
    from plays`,
  '{ songs(first: 3, orderBy: [{ field: PLAY_COUNT, direction: DESC }]) { nodes { songId playCount artist { totalPlays lastRefreshed } } } }': `
    select json_build_object('songs', json_build_object('nodes', json_agg(row order by play_count desc, song_id))) as value from (
      select song_id, play_count, json_build_object('songId', song_id, 'playCount', play_count, 'artist', json_build_object('totalPlays',
        (select count(*) from plays join songs using (song_id) where artist_address = listed.artist_address),
        'lastRefreshed', to_char((
          select as_of from analytics.refresh_ledger where phases ? 'mv_artist_analytics' and as_of <= $1::timestamptz order by id desc limit 1
        ) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) as row
      from (select song_id, artist_address, (select count(*) from plays where plays.song_id = songs.song_id) as play_count
        from songs order by play_count desc, song_id limit 3) listed) rows`,
  '{ topSongsThisWeek(first: 5) { songId plays song { playCount } } }': `
    select json_build_object('topSongsThisWeek', coalesce(json_agg(json_build_object('songId', song_id, 'plays', plays, 'song', json_build_object('playCount',
      (select count(*) from plays where plays.song_id = top.song_id))) order by plays desc, song_id), '[]')) as value
    from (select song_id, count(*) as plays from plays where played_at >= $1::timestamptz - interval '168 hours'
      group by song_id order by plays desc, song_id limit 5) top`,
  '{ genre(name: "Dub") { totalPlays uniqueListeners } }': `
    select json_build_object('genre', (select json_build_object('totalPlays', count(p.id), 'uniqueListeners', count(distinct listener_address))
      from songs s left join plays p using (song_id) where genre = 'Dub' having count(s.song_id) > 0)) as value`,
} as const;

/**
 * Lets clients poll a gateway while plays are written, views are refreshed, announcements are lost and the database
 * crashes, and holds all that they were told against the truth of each refresh. One hand does the writing and the
 * refreshing, so that the truth can be taken down between the two.
 */
export async function recordPolls(options: PollHistoryOptions): Promise<PollHistory> {
  const { server, clients, gateways = 1, turns = 2 } = options;
  const setup = openServer({ connectionString: server.url });
  await migrate(setup);
  await setup.query(world);
  await setup.close();
  const config = readConfig({
    DATABASE_URL: server.url,
    PORT: '0',
    RATE_LIMIT: 'off',
    REFRESH_SCHEDULE: 'off',
    LOG_LEVEL: 'silent',
    ...options.environment,
  });
  const apps = await Promise.all(
    Array.from({ length: gateways }, () => {
      const database = openServer({ connectionString: server.url, poolSize: 6, preparesStatements: true });
      return createApp({ config, database, log: createLogger(config) });
    }),
  );
  const urls = await Promise.all(apps.map((app) => app.listen()));
  await Promise.all(apps.map((app) => app.ready));
  const url = urls[0] as string;
  const asked = options.balance ? [await options.balance(urls)] : urls;

  const truths = new Map<string, ReadonlyMap<string, string>>();
  const told: Told[][] = Array.from({ length: clients }, () => []);
  let unavailable = 0;
  let over = false;
  const countTold = () => told.reduce((sum, history) => sum + history.length, 0);
  const countStale = () =>
    told.reduce((sum, history) => sum + history.filter(({ isStale }) => isStale).length, 0);

  const poll = async (client: number) => {
    const texts = Object.keys(operations);
    const tags = new Map<string, { etag: string; value: string }>();
    let seen = 0;
    for (let turn = client; !over; turn++) {
      const operation = texts[turn % texts.length] as string;
      const known = tags.get(operation);
      // Not in the same turns as the operations.
      const gateway = asked[Math.floor(turn / 3) % asked.length] as string;
      const answer = await exchange(gateway, {
        parameters: { query: operation, extensions: { freshness: true } },
        headers: {
          ...(known ? { 'if-none-match': known.etag } : {}),
          ...(gateways > 1 ? { 'x-seen-generation': String(seen) } : {}),
        },
      });
      const shown =
        answer.status === 304 ? (JSON.parse(known?.value ?? '') as typeof answer.json) : answer.json;
      const extensions = shown?.extensions as
        | { stale?: boolean; freshness?: { asOf: string; generation: number } }
        | undefined;
      if (!extensions?.freshness) unavailable += 1;
      else {
        seen = extensions.freshness.generation;
        if (answer.status === 200)
          tags.set(operation, { etag: answer.headers.etag as string, value: answer.text });
        told[client]?.push({
          operation,
          value: JSON.stringify(shown?.data),
          asOf: extensions.freshness.asOf,
          isStale: extensions.stale === true,
        });
      }
      await sleep(2 + (client % 7));
    }
  };

  const write = async (round: number) => {
    const client = new pg.Client(server.url);
    client.on('error', () => {});
    await client.connect();
    // Now and then nobody hears of it, and the gateway has to find it by looking.
    if (round % 5 === 4)
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mycelix-analytics listener'`,
      );
    await client.query(newPlays);
    const { rows } = await client.query(`select analytics.refresh('test')->>'asOf' as "asOf"`);
    const asOf = (rows[0] as { asOf: string }).asOf;
    const truth = new Map<string, string>();
    for (const [operation, sql] of Object.entries(operations)) {
      const { rows: found } = await client.query(sql, sql.includes('$1') ? [asOf] : []);
      truth.set(operation, canonical((found[0] as { value: unknown }).value));
    }
    truths.set(instantOf(asOf), truth);
    await client.end();
  };

  // Before anything is asked there is a truth to hold it against.
  await write(0);
  const polling = Promise.all(told.map((_, client) => poll(client)));
  const crashEvery = Math.ceil(options.refreshes / (options.crashes + 1));
  for (let round = 1; round < options.refreshes; round++) {
    const before = countTold();
    await until('answers to every client', () => countTold() >= before + turns * clients);
    if (round % crashEvery === 0) {
      const staleBefore = countStale();
      await server.crash(() => until('stale answers', () => countStale() > staleBefore + clients));
    }
    await options.beforeRefresh?.(url);
    await write(round);
  }
  const last = countTold();
  await until('answers after the last refresh', () => countTold() >= last + 2 * clients);
  over = true;
  await polling;
  await Promise.all(apps.map((app) => app.close()));
  return judge(told, truths, unavailable);
}

function judge(
  told: readonly (readonly Told[])[],
  truths: ReadonlyMap<string, ReadonlyMap<string, string>>,
  unavailable: number,
): PollHistory {
  const faults = new Set<string>();
  let stale = 0;
  for (const history of told) {
    let newest = '';
    for (const { operation, value, asOf, isStale } of history) {
      const at = instantOf(asOf);
      if (isStale) stale += 1;
      if (at < newest) faults.add(`${operation} was told as of ${at} after ${newest}`);
      newest = at > newest ? at : newest;
      const truth = truths.get(at)?.get(operation);
      if (truth === undefined) faults.add(`nobody refreshed at ${at}, and yet ${operation} was told of it`);
      else if (truth !== canonical(JSON.parse(value)))
        faults.add(`${operation} at ${at}: expected ${truth}, got ${value}`);
    }
  }
  return {
    answers: told.reduce((sum, history) => sum + history.length, 0),
    stale,
    unavailable,
    refreshes: truths.size,
    faults: [...faults].slice(0, 20),
  };
}

/** In UTC with six digits, which sort as they follow each other. */
function instantOf(text: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return `${new Date(text).toISOString().slice(0, 19)}.${fraction.padEnd(6, '0')}`;
}

/** Numbers and texts of numbers are the same here, and so are times however they are written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) => {
    if (typeof each === 'number') return String(each);
    if (typeof each === 'string' && /^-?\d+\.\d+$/.test(each)) return each.replace(/\.?0+$/, '');
    return typeof each === 'string' && /^\d{4}-\d\d-\d\dT/.test(each) ? instantOf(each) : each;
  });
}

const world = `
  insert into artists (artist_address, name) select '0xa' || n, 'Artist ' || n from generate_series(1, 5) n on conflict do nothing;
  insert into songs (song_id, title, artist_address, genre, strategy)
  select 'song-' || n, 'Song ' || n, '0xa' || 1 + n % 5, (array['Dub', 'Folk', null])[1 + n % 3], 'auction' from generate_series(1, 12) n on conflict do nothing;
`;

const newPlays = `
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select 'song-' || 1 + (random() * 11)::int, '0xb' || (random() * 9)::int, clock_timestamp() - random() * random() * interval '12 days', 60, (random() * 100)::int / 8.0
  from generate_series(1, 1 + (random() * 20)::int)`;
