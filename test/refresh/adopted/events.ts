import { rmSync } from 'node:fs';
import path from 'node:path';
import type { PostgresServer } from '../../support/postgres.js';
import type { Random } from '../random.js';
import { type Home, makeHome } from './home.js';
import { runProgram } from './programs.js';

/** Where a history is, and the dumps that it has made. */
export interface Place {
  home: Home;
  readonly servers: readonly PostgresServer[];
  readonly folder: string;
  dump: string | null;
}

type Event = (place: Place, random: Random) => Promise<string>;

/** Each is called while no transaction is open, and tells in a few words what it did. */
const events: readonly (readonly [weight: number, event: Event])[] = [
  [6, restoreElsewhere],
  [4, makePublication],
  [2, dropPublications],
  [4, insertWholeRows],
  [4, copyAllColumns],
  [4, restoreDataOnly],
  [2, insertWithWriter],
  [2, writeAsReplica],
];

const totalWeight = events.reduce((sum, [weight]) => sum + weight, 0);

/** Does one of the things that happen to a database as a whole. */
export async function randomEvent(place: Place, random: Random): Promise<string> {
  let left = random.between(1, totalWeight);
  for (const [weight, event] of events) {
    left -= weight;
    if (left <= 0) return event(place, random);
  }
  throw new Error('The weights do not add up.');
}

/** A dump of now, or the one of before, becomes the database that the history goes on in. */
async function restoreElsewhere(place: Place, random: Random): Promise<string> {
  const { home } = place;
  const isOld = place.dump !== null && random.chance(0.3);
  if (!isOld) {
    place.dump ??= path.join(place.folder, 'whole.dump');
    await runProgram('pg_dump', ['-Fc', '-f', place.dump, home.adminUrl]);
  }
  const server = random.pick(place.servers);
  const target = await makeHome(server);
  const asOwner = (await hasPublications(home)) ? false : random.chance(0.3);
  await runProgram('pg_restore', [
    ...(asOwner ? ['--no-owner', '--no-comments', '--no-publications'] : []),
    ...['-d', asOwner ? target.url : target.adminUrl, place.dump as string],
  ]);
  await home.drop();
  place.home = target;
  return `restored ${isOld ? 'an older dump' : 'a dump'} ${server === home.server ? 'beside it' : 'in another cluster'}${asOwner ? ' as the owner' : ''}`;
}

async function hasPublications(home: Home): Promise<boolean> {
  const [row] = await asAdmin<{ count: number }>(home, 'select count(*)::int from pg_publication');
  return (row?.count ?? 0) > 0;
}

async function makePublication({ home }: Place, random: Random): Promise<string> {
  const what = random.pick([
    'for all tables',
    'for table plays',
    'for table artists, songs, plays',
    'for tables in schema analytics',
    'for tables in schema public',
    `for all tables with (publish = 'insert, update')`,
    'for all tables with (publish_via_partition_root = true)',
  ]);
  const name = `pub_${random.between(0, 3)}`;
  await asAdmin(home, `drop publication if exists ${name}; create publication ${name} ${what}`);
  return `created a publication ${what}`;
}

async function dropPublications({ home }: Place, random: Random): Promise<string> {
  const name = `pub_${random.between(0, 3)}`;
  await asAdmin(home, `drop publication if exists ${name}`);
  return `dropped the publication ${name}`;
}

/** INSERT … SELECT * of rows that carry the stamps of their first arrival. */
async function insertWholeRows({ home }: Place, random: Random): Promise<string> {
  const session = await home.open();
  try {
    await session.query('create temporary table kept as select * from plays');
    const isTogether = random.chance(0.5);
    if (isTogether) await session.query('begin');
    if (random.chance(0.5)) await session.query(random.pick(['delete from plays', 'truncate plays']));
    else await session.query(`update kept set id = nextval('plays_id_seq')`);
    await session.query(
      `insert into plays select * from kept where id % ${random.between(1, 3)} = 0 on conflict do nothing`,
    );
    if (isTogether) await session.query(random.chance(0.8) ? 'commit' : 'rollback');
    return `inserted whole rows${isTogether ? ' in one transaction' : ''}`;
  } finally {
    await session.end();
  }
}

async function copyAllColumns({ home, folder }: Place, random: Random): Promise<string> {
  const file = path.join(folder, 'plays.copy');
  await runProgram('psql', [
    ...[
      '-qX',
      '-v',
      'ON_ERROR_STOP=1',
      '-c',
      `\\copy (select * from plays where id % 17 <> 0 order by id) to '${file}'`,
    ],
    ...[
      '-c',
      random.pick(['delete from plays where id % 17 <> 0', 'truncate plays']),
      '-c',
      `\\copy plays from '${file}'`,
    ],
    home.url,
  ]);
  rmSync(file);
  return 'copied all columns out, and in again';
}

/** What `pg_dump --data-only` carries of plays, restored into tables that were emptied. */
async function restoreDataOnly({ home, folder }: Place, random: Random): Promise<string> {
  const file = path.join(folder, 'data.dump');
  const tables = await asAdmin<{ name: string }>(
    home,
    `select 'plays' as name union select relid::regclass::text from pg_partition_tree('plays')`,
  );
  await runProgram('pg_dump', [
    ...['-Fc', '--data-only', ...tables.flatMap(({ name }) => ['-t', name])],
    ...['-f', file, home.adminUrl],
  ]);
  const session = await home.open();
  try {
    await session.query(random.pick(['delete from plays', 'truncate plays']));
    // Triggers that keep rows from being deleted would leave them in the way.
    await session.query('truncate plays');
    if (random.chance(0.3)) await session.query('select refresh_all_materialized_views()');
  } finally {
    await session.end();
  }
  const withoutTriggers = random.chance(0.4);
  await runProgram('pg_restore', [
    ...['--data-only', ...(withoutTriggers ? ['--disable-triggers'] : [])],
    ...['-d', withoutTriggers ? home.adminUrl : home.url, file],
  ]);
  rmSync(file);
  return `restored the data of plays only${withoutTriggers ? ', with triggers disabled' : ''}`;
}

/** Plays that say themselves which transaction wrote them. */
async function insertWithWriter({ home }: Place, random: Random): Promise<string> {
  const writer = random.pick(['null', '3', 'txid_current() + 1000000', 'txid_current() - 5', '-1']);
  const session = await home.open();
  try {
    await session.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid, analytics_writer)
       select song_id, '0xw' || n, timestamptz '2026-03-05 11:00Z' - n * interval '9 hours', 7, 0.25, ${writer}
       from (select song_id from songs order by song_id limit 3) first_songs, generate_series(1, 3) n`,
    );
    if (random.chance(0.5))
      await session.query(`update plays set analytics_writer = ${writer} where id % 6 = 0`);
    return `wrote plays with the writer ${writer}`;
  } finally {
    await session.end();
  }
}

/** As the worker of a subscription does. */
async function writeAsReplica({ home }: Place, random: Random): Promise<string> {
  await asAdmin(
    home,
    `set session_replication_role = replica; create temporary table kept as select * from plays where id % ${random.between(2, 4)} = 0;
     delete from plays where id in (select id from kept); insert into plays select * from kept;
     update plays set amount_paid = amount_paid + 1 where id % 7 = 0`,
  );
  return 'wrote as a replica';
}

async function asAdmin<Row>(home: Home, sql: string): Promise<Row[]> {
  const session = await home.openAsAdmin();
  try {
    return await session.query<Row>(sql);
  } finally {
    await session.end();
  }
}
