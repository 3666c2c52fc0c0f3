import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupBy } from '../../../src/analytics/group-by.js';
import { jointlyShown } from '../../../src/analytics/withholding/shown-counts.js';
import { viewRows } from '../../../src/analytics/withholding/view-rows.js';
import { artistAnalytics } from '../../../src/catalogue/artist-analytics.js';
import { platformStats } from '../../../src/catalogue/platform-stats.js';
import { songAnalytics } from '../../../src/catalogue/song-analytics.js';
import type { View } from '../../../src/catalogue/view.js';
import { withholdingViews } from '../../../src/config/schedules.js';
import { listWorlds, type World } from './worlds.js';

/** Which artist each song is of, and how many plays a song may have. */
const shapes: readonly (readonly [
  under: number,
  artists: readonly number[],
  minPlays: number,
  maxPlays: number,
])[] = [
  [3, [0], 0, 6],
  [3, [0, 0], 0, 5],
  [3, [0, 1], 0, 5],
  [3, [0, 0, 0], 1, 4],
  [3, [0, 0, 1], 0, 4],
  [3, [0, 1, 2], 0, 3],
  [3, [0, 0, 1, 1], 1, 3],
  [3, [0, 0, 0, 1, 1, 1], 2, 2],
  [4, [0, 0, 1], 0, 4],
  [5, [0, 0], 0, 7],
];

/** The columns that counts are shown by; the others are null. */
const filled: Readonly<Record<string, string>> = {
  song_id: 'song_id',
  artist_address: 'artist_address',
  play_count: 'plays',
  total_plays: 'plays',
  unique_listeners: 'listeners',
  total_listeners: 'listeners',
};

describe('Everything that can be seen of a small world', () => {
  let database: PGlite;
  beforeAll(async () => {
    database = await PGlite.create();
    const views: Readonly<Record<string, View>> = {
      song: songAnalytics,
      artist: artistAnalytics,
      platform: platformStats,
    };
    await database.exec(`
      create table world_song (world int, song_id text, artist_address text, plays bigint, listeners bigint);
      create table world_artist (world int, artist_address text, plays bigint, listeners bigint);
      create table world_platform (world int, plays bigint, listeners bigint);
      create index on world_song (world);
      create index on world_artist (world);
      create index on world_platform (world);
      ${Object.entries(views)
        .map(([name, view]) => {
          const columns = Object.values(view.columns).map(
            (column) => `${filled[column.name] ?? 'null::bigint'} as ${column.name}`,
          );
          return `create view ${view.name} as select ${columns} from world_${name} where world = current_setting('test.world')::int;`;
        })
        .join('\n')}
    `);
  });
  afterAll(() => database?.close());

  /** What is shown of worlds: all counts in the order of `World.counts`. */
  async function shownOf(under: number, worlds: readonly World[]): Promise<(number | null)[][]> {
    await database.exec('truncate world_song, world_artist, world_platform');
    const rows = { song: [] as unknown[], artist: [] as unknown[], platform: [] as unknown[] };
    for (const [world, { songs, artists, platform }] of worlds.entries()) {
      for (const [place, { artist, ...song }] of songs.entries())
        rows.song.push({ world, song_id: `s${place}`, artist_address: `a${artist}`, ...song });
      for (const [place, artist] of artists.entries())
        rows.artist.push({ world, artist_address: `a${place}`, ...artist });
      rows.platform.push({ world, ...platform });
    }
    for (const [name, each] of Object.entries(rows))
      await database.query(
        `insert into world_${name} select * from json_populate_recordset(null::world_${name}, $1)`,
        [JSON.stringify(each)],
      );
    const counts = (
      [
        [songAnalytics, 'unique_listeners', 'song_id'],
        [artistAnalytics, 'unique_listeners', 'artist_address'],
        [platformStats, 'total_listeners', 'total_plays'],
      ] as const
    ).map(([view, count, key]) => {
      const shown = viewRows({ withholdUnder: under }, view as View).select([count, key] as never);
      return `select array_agg(${count} order by ${key}) from (${shown.compile().sql}) shown`;
    });
    await database.exec(`
      create or replace function shown_counts(world int) returns bigint[] volatile language plpgsql as $$
      declare songs bigint[]; artists bigint[]; platform bigint[];
      begin
        perform set_config('test.world', world::text, false);
        songs := (${counts[0]}); artists := (${counts[1]}); platform := (${counts[2]});
        return songs || artists || platform;
      end $$`);
    const { rows: found } = await database.query<{ counts: (number | null)[] }>(
      'select shown_counts(world) as counts from generate_series(0, $1::int) world',
      [worlds.length - 1],
    );
    return found.map(({ counts: each }) => each.map((count) => (count === null ? null : Number(count))));
  }

  it.each(shapes)(
    'tells no count under %i that is withheld: songs of the artists %j with %i to %i plays each',
    async (under, artists, minPlays, maxPlays) => {
      let shownCounts = 0;
      let withheldCounts = 0;
      for (const worlds of listWorlds(artists, minPlays, maxPlays)) {
        const shown = await shownOf(under, worlds);
        // Worlds that look the same to somebody who sees every count that is shown, and all numbers of plays.
        const alike = groupBy([...worlds.keys()], (index) => JSON.stringify(shown[index]));
        for (const [looks, members] of alike) {
          const seen = JSON.parse(looks) as (number | null)[];
          for (const [place, count] of seen.entries()) {
            const possible = new Set(members.map((index) => worlds[index]!.counts[place]!));
            if (count === null) {
              withheldCounts += 1;
              const plays = JSON.stringify(worlds[0]!.songs.map((song) => song.plays));
              expect(possible.size, `${looks} of ${plays} at ${place}`).toBeGreaterThan(1);
            } else {
              shownCounts += 1;
              expect([...possible], looks).toEqual([count]);
            }
          }
        }
      }
      expect(shownCounts).toBeGreaterThan(0);
      expect(withheldCounts).toBeGreaterThan(0);
    },
  );

  it('shows what is well above the number where small songs stand beside large ones', async () => {
    const songs = [
      { artist: 0, plays: 900, listeners: 500 },
      { artist: 0, plays: 700, listeners: 400 },
      { artist: 0, plays: 3, listeners: 2 },
      { artist: 1, plays: 50, listeners: 30 },
      { artist: 2, plays: 4, listeners: 4 },
    ];
    const artists = [
      { plays: 1603, listeners: 620 },
      { plays: 50, listeners: 30 },
      { plays: 4, listeners: 4 },
    ];
    const world: World = { songs, artists, platform: { plays: 1657, listeners: 640 }, counts: [] };
    expect(await shownOf(5, [world])).toEqual([[500, 400, null, 30, null, 620, 30, null, 640]]);
  });

  it('withholds nothing because of songs that have no artist', async () => {
    const songs = [
      { artist: 0, plays: 80, listeners: 50 },
      { artist: 1, plays: 200, listeners: 100 },
    ];
    const artists = [{ plays: 80, listeners: 50 }];
    const world: World = { songs, artists, platform: { plays: 280, listeners: 130 }, counts: [] };
    expect(await shownOf(5, [world])).toEqual([[50, 100, 50, 130]]);
  });

  it('has rules for the views that have to be published together', () => {
    expect(jointlyShown).toEqual(withholdingViews);
  });
});
