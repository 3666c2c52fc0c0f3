import type { Random } from './random.js';

const genres = ['Rock', 'Jazz', 'ambient', 'Ödland', 'Zydeco', 'a "quoted" genre'];
const strategies = ['pay-per-stream', 'gift-economy', 'patronage', 'auction'];

/** How many of each there can be; small, so that the same rows are hit again and again. */
const bounds = { artists: 8, songs: 20, listeners: 15 };

const artist = (random: Random) => `'0xa${random.between(0, bounds.artists)}'`;
const song = (random: Random) => `'song-${random.between(0, bounds.songs)}'`;
const listener = (random: Random) => `'0x${random.between(0, bounds.listeners)}'`;
const genre = (random: Random) => (random.chance(0.2) ? 'null' : `'${random.pick(genres)}'`);
const strategy = (random: Random) => `'${random.pick(strategies)}'`;
const amount = (random: Random) =>
  `${random.between(0, 3)}.${String(random.between(0, 99999999)).padStart(8, '0')}`;

/** An instant near the clock, at the very edge of a window, long ago, or still to come. */
function instant(random: Random, clock: number): string {
  const hour = 3_600_000;
  const edge = random.pick([24, 168, 720]) * hour;
  const kind = random.between(0, 9);
  if (kind === 0) return at(clock - edge, random.between(-1, 1));
  if (kind === 1) return at(clock + random.between(1, 72 * hour), 0);
  if (kind === 2) return at(clock - random.between(40 * 24 * hour, 500 * 24 * hour), random.between(0, 999));
  if (kind === 3) return at(clock - edge + random.between(-3 * hour, 3 * hour), random.between(0, 999));
  return at(clock - random.between(0, 40 * 24 * hour), random.between(0, 999));
}

/** SQL of an instant given in milliseconds, moved by some microseconds. */
function at(milliseconds: number, microseconds: number): string {
  return `timestamptz '${new Date(milliseconds).toISOString()}' + interval '${microseconds} microseconds'`;
}

/** Some plays, chosen by number, that no other transaction is changing just now. */
const somePlays = (random: Random, limit: number) =>
  `id in (select id from plays where id % ${random.between(2, 9)} = ${random.between(0, 1)}
    order by id * ${random.between(1, 97)} % 101, id limit ${random.between(1, limit)} for update skip locked)`;

/** SQL that inserts some plays of the songs that are there. */
export const newPlays = (random: Random, clock: number) => {
  const rows = Array.from({ length: random.between(1, 25) }, () =>
    [song(random), listener(random), instant(random, clock), random.between(0, 400), amount(random)].join(
      ', ',
    ),
  );
  return `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select v.* from (values ${rows.map((row) => `(${row})`).join(', ')}) v (song_id, a, b, c, d) join songs using (song_id)`;
};

const newArtist = (random: Random) =>
  `insert into artists (artist_address, name) values (${artist(random)}, 'Artist ${random.between(0, 99)}') on conflict (artist_address) do nothing`;

const newSong = (random: Random, clock: number) =>
  `insert into songs (song_id, title, artist_address, genre, strategy, created_at)
    select ${song(random)}, 'Song ${random.between(0, 99)}', artist_address, ${genre(random)}, ${strategy(random)}, ${instant(random, clock)}
    from artists order by artist_address <> ${artist(random)}, artist_address limit 1 on conflict (song_id) do nothing`;

const playColumn = (random: Random, clock: number) => {
  const songId = song(random);
  return random.pick([
    `song_id = coalesce((select song_id from songs where song_id = ${songId}), plays.song_id)`,
    `listener_address = ${listener(random)}`,
    `played_at = ${instant(random, clock)}`,
    `duration = ${random.between(0, 999)}`,
    `amount_paid = ${amount(random)}`,
    `id = id`,
  ]);
};

const songColumn = (random: Random, clock: number) =>
  random.pick([
    `genre = ${genre(random)}`,
    `genre = null`,
    `strategy = ${strategy(random)}`,
    `artist_address = coalesce((select artist_address from artists where artist_address = ${artist(random)}), songs.artist_address)`,
    `title = 'Title ${random.between(0, 99)}'`,
    `created_at = ${instant(random, clock)}`,
  ]);

/** SQL of what is there when most histories begin. The partitions come first, so that they hold plays. */
export function firstRows(random: Random, clock: number): string {
  const plays = Array.from({ length: 8 }, () => newPlays(random, clock));
  return `insert into artists (artist_address, name) select '0xa' || i, 'Artist ' || i from generate_series(0, ${bounds.artists - 2}) i on conflict do nothing;
    insert into songs (song_id, title, artist_address, genre, strategy)
    select 'song-' || i, 'Song ' || i, '0xa' || i % ${bounds.artists - 2}, (array['${genres.join("','")}'])[1 + i % ${genres.length + 1}],
      (array['${strategies.join("','")}'])[1 + i % ${strategies.length}]
    from generate_series(0, ${bounds.songs - 3}) i on conflict do nothing;
    select * from analytics.ensure_play_partitions_between(${instant(random, clock)}, ${at(clock, 0)}); ${plays.join('; ')}`;
}

/** Every kind of change that a history is made of, with how often it is chosen. */
const kinds: readonly (readonly [weight: number, make: (random: Random, clock: number) => string])[] = [
  [30, newPlays],
  [5, newArtist],
  [8, newSong],
  [
    12,
    (random, clock) =>
      `update plays set played_at = ${instant(random, clock)}, amount_paid = ${amount(random)} where ${somePlays(random, 12)}`,
  ],
  [10, (random, clock) => `update plays set ${playColumn(random, clock)} where ${somePlays(random, 40)}`],
  [10, (random) => `delete from plays where ${somePlays(random, 15)}`],
  [18, (random, clock) => `update songs set ${songColumn(random, clock)} where song_id = ${song(random)}`],
  [
    3,
    (random) =>
      `update artists set name = 'Name ${random.between(0, 99)}' where artist_address = ${artist(random)}`,
  ],
  [
    3,
    (random) => {
      const gone = song(random);
      return `delete from plays where song_id = ${gone}; delete from songs where song_id = ${gone}`;
    },
  ],
  [
    2,
    (random) =>
      `delete from artists where artist_address = ${artist(random)} and not exists (select from songs where songs.artist_address = artists.artist_address)`,
  ],
  [
    3,
    (random, clock) =>
      `select * from analytics.ensure_play_partitions_between(${instant(random, clock)}, ${at(clock, 0)} + interval '20 days')`,
  ],
  // Detached partitions keep their foreign key, hence the cascade.
  [
    4,
    (random) =>
      `truncate ${random.pick(['plays', 'plays', 'plays, songs cascade', 'plays, songs, artists cascade'])}`,
  ],
  [
    1,
    () =>
      `do $$ declare t regclass; begin select relid into t from pg_partition_tree('plays') where isleaf and level > 0 order by relid::regclass::text desc limit 1;
        if t is not null then execute format('truncate %s', t); end if; end $$`,
  ],
  [
    3,
    () =>
      `do $$ declare t regclass; begin select relid into t from pg_partition_tree('plays') where isleaf and level > 0 and relid::regclass::text <> 'plays_default' order by relid::regclass::text limit 1;
        if t is not null then execute format('alter table plays detach partition %s', t); end if; end $$`,
  ],
  [
    1,
    () =>
      `do $$ declare t regclass; begin
        for t in select c.oid from pg_class c where c.relname ~ '^plays_\\d{4}_\\d\\d$' and c.relkind = 'r' and not c.relispartition loop
          execute format('drop table %s', t); end loop; end $$`,
  ],
  [
    2,
    (random, clock) =>
      `do $$ begin insert into artists values ('0xa1', 'Lost'); raise 'undone'; exception when others then ${newPlays(random, clock)}; end $$`,
  ],
];

const totalWeight = kinds.reduce((sum, [weight]) => sum + weight, 0);

/** The SQL of one random change around the instant `clock`, in milliseconds. */
export function randomChange(random: Random, clock: number): string {
  let left = random.between(1, totalWeight);
  for (const [weight, make] of kinds) {
    left -= weight;
    if (left <= 0) return make(random, clock);
  }
  throw new Error('The weights do not add up.');
}
