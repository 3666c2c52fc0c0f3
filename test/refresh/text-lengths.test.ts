import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeEmbeddedDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

const noon = '2026-03-05T12:00:00Z';
/** Text that no compression makes shorter. */
const noise = (bytes: number) =>
  randomBytes(Math.ceil(bytes / 2))
    .toString('hex')
    .slice(0, bytes);
const limit = 1024;

/** Tables of somebody else in which every text may be of any length. */
const boundless = `
  create table artists (artist_address text primary key, name text not null, created_at timestamptz not null default now());
  create table songs (song_id text primary key, title text not null, artist_address text not null references artists,
    genre text, strategy text not null, created_at timestamptz not null default now());
  create table plays (id bigserial primary key, song_id text not null references songs, listener_address text not null,
    played_at timestamptz not null, duration int not null, amount_paid numeric(18, 8) not null);`;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

const makers = {
  'PostgreSQL 18': (before?: string) => makeServerDatabase(server, 'lengths', { before }),
  PGlite: (before?: string) => makeEmbeddedDatabase('lengths', { before }),
};

const addArtist = (session: Session, address: string, name: string) =>
  session.query('insert into artists (artist_address, name) values ($1, $2)', [address, name]);
const addSong = (session: Session, id: string, artist: string, genre: string | null) =>
  session.query(
    `insert into songs (song_id, title, artist_address, genre, strategy) values ($1, 'T', $2, $3, 'auction')`,
    [id, artist, genre],
  );
const addPlay = (session: Session, song: string, listener: string, at = noon) =>
  session.query(
    'insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ($1, $2, $3, 1, 9999999999.99999999)',
    [song, listener, at],
  );

describe.each(Object.entries(makers))('On %s', (_, make) => {
  let database: EngineDatabase;
  let session: Session;
  const open = async (before?: string) => {
    database = await make(before);
    session = await database.open();
    // The embedded database has one session, which the making of it has used.
    await session.query(`set client_min_messages = warning; set timezone = 'UTC'`);
  };
  afterEach(async () => {
    await session.end();
    await database.drop();
  });

  describe('Tables of our own', () => {
    beforeEach(() => open());

    it('take texts up to the limit, two of them beside each other, and every index of the views holds them', async () => {
      const [artist, name, song, genre, listener] = Array.from({ length: 5 }, () => noise(limit));
      await addArtist(session, artist!, name!);
      await addSong(session, song!, artist!, genre!);
      await addPlay(session, song!, listener!);
      expect(await refreshAndCompare(session, noon)).toEqual([]);
      await addPlay(session, song!, noise(limit));
      expect(await refreshAndCompare(session, noon)).toEqual([]);
    });

    it('refuse what a view could not hold, and name the rule', async () => {
      await addArtist(session, '0xa1', 'Ada');
      await addSong(session, 's1', '0xa1', 'Rock');
      const refused = async (rule: string, write: Promise<unknown>) =>
        expect(write, rule).rejects.toThrow(rule);
      await refused('artists_artist_address_indexable', addArtist(session, noise(limit + 1), 'Ada'));
      await refused('artists_name_indexable', addArtist(session, '0xa2', noise(limit + 1)));
      await refused('songs_song_id_indexable', addSong(session, noise(limit + 1), '0xa1', null));
      await refused('songs_genre_indexable', addSong(session, 's2', '0xa1', noise(20_000)));
      // Characters of three bytes each.
      await refused('songs_genre_indexable', addSong(session, 's2', '0xa1', '♫'.repeat(342)));
      await refused(
        'songs_genre_indexable',
        session.query('update songs set genre = $1', [noise(limit + 1)]),
      );
      await refused('plays_listener_address_indexable', addPlay(session, 's1', noise(limit + 1)));
      for (const at of ['infinity', '-infinity', '10000-01-01T00:00:00Z', '0044-03-15T12:00:00Z BC'])
        await refused('plays_played_at_has_year', addPlay(session, 's1', '0xb1', at));
    });

    it('pass their rules on to the partitions that are made ahead', async () => {
      await addArtist(session, '0xa1', 'Ada');
      await addSong(session, 's1', '0xa1', 'Rock');
      await session.query(`select * from analytics.ensure_play_partitions(0, $1)`, [noon]);
      await expect(addPlay(session, 's1', noise(limit + 1))).rejects.toThrow(
        'plays_listener_address_indexable',
      );
    });
  });

  describe('Adopted tables', () => {
    beforeEach(() => open(boundless));

    it('get no rule about the length of a text, and take what they took before', async () => {
      expect(
        await session.query(
          `select conname from pg_constraint where conname ~ '_indexable$|_has_year$' and conrelid <> 0`,
        ),
      ).toEqual([]);
      await addArtist(session, '0xa1', 'A'.repeat(3_000));
      // As long as it is, it compresses to what an index can hold, and always did.
      await addSong(session, 's1', '0xa1', 'A'.repeat(5_000));
      await addPlay(session, 's1', '0xb1', 'infinity');
      expect(await refreshAndCompare(session, noon)).toEqual([]);
    });

    it.each([
      [
        'a genre that is too long',
        () => addSong(session, 'long', '0xa1', noise(20_000)),
        'songs.genre of "long" (20000 bytes)',
      ],
      [
        'a name that is too long',
        () => addArtist(session, '0xlong', noise(3_000)),
        'artists.name of "0xlong" (3000 bytes)',
      ],
      [
        'a genre and a song id that do not fit beside each other',
        () => addSong(session, `id-${noise(1_500)}`, '0xa1', noise(1_600)),
        'songs.genre of "id-',
      ],
    ])(
      'keep their views as they are when there is %s, name the row, and go on once it is short',
      async (_, write, culprit) => {
        await addArtist(session, '0xa1', 'Ada');
        await addSong(session, 's1', '0xa1', 'Rock');
        await addPlay(session, 's1', '0xb1');
        expect(await refreshAndCompare(session, noon)).toEqual([]);
        await write();
        await addPlay(session, 's1', '0xb2');
        for (const sql of ['select refresh_all_materialized_views()', 'select analytics.rebuild()'])
          await expect(session.query(sql)).rejects.toThrow(
            new RegExp(`a text is too long for the indexes of the views: .*${escaped(culprit)}`),
          );
        expect(await session.query('select total_plays::int from mv_platform_stats')).toEqual([
          { total_plays: 1 },
        ]);
        await session.query(
          `update songs set genre = 'short' where octet_length(genre) > 1024; update artists set name = 'short' where octet_length(name) > 1024`,
        );
        expect(await refreshAndCompare(session, noon)).toEqual([]);
      },
    );
  });
});

const escaped = (text: string) => text.replace(/[.()]/g, '\\$&');
