import type { Bench } from './server.js';

export interface Size {
  readonly plays: number;
  readonly songs: number;
  readonly listeners: number;
  readonly artists: number;
}

/** A year of plays; a few songs and listeners have most of them. */
export const days = 365;

const play = (size: Size, instant: string) => `
  'song-' || floor(power(random(), 3) * ${size.songs})::int,
  '0x' || md5((floor(power(random(), 2) * ${size.listeners})::int)::text) || '00000000',
  ${instant}, (30 + random() * 270)::int, round((random() * 0.05)::numeric, 8)`;

/**
 * Makes artists, songs and a year of plays in the order of their time, then vacuums, as autovacuum would have.
 * @param catalogue how many songs and artists there are, where more than those that are played.
 */
export async function load(
  bench: Pick<Bench, 'client'>,
  size: Size,
  progress: (text: string) => void,
  catalogue: Pick<Size, 'songs' | 'artists'> = size,
): Promise<void> {
  const { client } = bench;
  await client.query(`select setseed(0.42)`);
  await client.query(
    `insert into artists select '0x' || md5('artist ' || i) || '00000000', 'Artist ' || i, now() - interval '2 years' from generate_series(0, ${catalogue.artists - 1}) i`,
  );
  await client.query(`insert into songs select 'song-' || i, 'Song ' || i, '0x' || md5('artist ' || floor(power(random(), 2) * ${catalogue.artists})::int) || '00000000',
      case when i % 20 = 0 then null else 'Genre ' || floor(power(random(), 2) * 20)::int end,
      (array['pay-per-stream', 'gift-economy', 'patronage', 'auction'])[1 + floor(random() * 4)::int],
      now() - random() * interval '${days} days' from generate_series(0, ${catalogue.songs - 1}) i`);
  await client.query(
    `select * from analytics.ensure_play_partitions_between(now() - interval '${days + 1} days', now() + interval '2 months')`,
  );
  const batch = 500_000;
  for (let from = 0; from < size.plays; from += batch) {
    const count = Math.min(batch, size.plays - from);
    await client.query(`insert into plays (song_id, listener_address, played_at, duration, amount_paid)
      select ${play(size, `now() - interval '${days} days' * (1 - (${from} + i)::float8 / ${size.plays})`)} from generate_series(1, ${count}) i`);
    progress(`${from + count} of ${size.plays} plays`);
  }
  await client.query('vacuum analyze artists');
  await client.query('vacuum analyze songs');
  await client.query('vacuum analyze plays');
}

/** Plays of the last ten minutes, one hour or so: what arrives between two refreshes. */
export async function addPlays(bench: Pick<Bench, 'client'>, size: Size, count: number): Promise<void> {
  await bench.client.query(`insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select ${play(size, `now() - random() * interval '10 minutes'`)} from generate_series(1, ${count})`);
}
