import { afterAll, beforeAll, expect, it } from 'vitest';
import { nameIn } from '../../../src/database/reader/named-text.js';
import { describeEachDatabase } from '../../support/databases.js';
import { isAsked, recordStatements } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';

const play = (song: string, at: string, count = 1) =>
  `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
   select '${song}', '0x' || n, timestamptz '${at}' + n * interval '1 minute', 60, 0.00000001 from generate_series(1, ${count}) n`;

/** Three weeks from Friday to Friday, and one long before them. */
const long = '2025-11-07T00:00:00.000Z';
const first = '2026-01-02T00:00:00.000Z';
const second = '2026-01-09T00:00:00.000Z';
const third = '2026-01-16T00:00:00.000Z';
const fourth = '2026-01-23T00:00:00.000Z';

describeEachDatabase('Closed charts', (open) => {
  let gateway: Gateway;
  const refreshAt = (at: string) => gateway.database.query(`select analytics.refresh('test', $1)`, [at]);

  beforeAll(async () => {
    const database = await open();
    // Before there is a gateway, whose first refresh would keep the table busy.
    await database.query(
      `select * from analytics.ensure_play_partitions_between('2025-11-01Z', '2026-02-01Z')`,
    );
    gateway = await startGateway(database, { RESPONSE_CACHE: 'off' });
    const run = async (...statements: string[]) => {
      for (const statement of statements) await database.query(statement);
    };
    await run(
      `insert into artists (artist_address, name) values ('0xa1', 'One'), ('0xa2', 'Two')`,
      `insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction'),
         ('b', 'B', '0xa2', 'Rock', 'auction'), ('c', 'C', '0xa2', 'Jazz', 'auction'), ('d', 'D', '0xa2', null, 'auction')`,
      play('c', '2025-11-10T00:00Z'),
      play('a', '2026-01-03T00:00Z', 3),
      play('b', '2026-01-03T00:00Z', 2),
      play('c', '2026-01-03T00:00Z', 2),
    );
    await refreshAt('2026-01-10T12:00:00Z');
    await run(
      play('a', '2026-01-10T00:00Z', 1),
      play('b', '2026-01-10T00:00Z', 2),
      play('d', '2026-01-10T00:00Z', 3),
    );
    await refreshAt(third);
    await run(
      play('a', '2026-01-17T00:00Z', 2),
      play('b', '2026-01-17T00:00Z', 1),
      play('c', '2026-01-17T00:00Z', 1),
    );
    await refreshAt('2026-01-23T00:10:00Z');
    await run(
      play('c', '2026-01-18T00:00Z', 5),
      `delete from plays where song_id = 'a' and played_at between '2026-01-17Z' and '2026-01-18Z'`,
      `update songs set title = 'A now', genre = 'Jazz' where song_id = 'a'`,
      `update artists set name = 'Two now' where artist_address = '0xa2'`,
    );
    await refreshAt('2026-01-23T12:00:00Z');
    // Not counted by a refresh yet.
    await run(
      play('b', '2026-01-19T00:00Z', 9),
      `delete from plays where song_id = 'c' and played_at >= '2026-01-17Z'`,
    );
  });
  afterAll(() => gateway?.close());

  const ask = async (document: string) => {
    const { data, errors } = await gateway.ask(document);
    expect(errors).toEqual([]);
    return data as never;
  };
  const memory = 'rank songId previousRank lastRank peakRank editionsOnChart streak status';
  const entry = (...values: unknown[]) =>
    Object.fromEntries(memory.split(' ').map((name, index) => [name, values[index]]));

  it('show the latest edition, with what each song was then', async () => {
    const { chartEdition } = (await ask(
      `{ chartEdition { id number genre periodStart periodEnd closedAt backfilled revisedUnavailable
           entries { rank plays uniqueListeners earnings songId songTitle artistAddress artistName song { title } artist { artistName } } } }`,
    )) as { chartEdition: { id: string } };
    expect(chartEdition).toEqual({
      id: expect.stringMatching(/./),
      number: 4,
      genre: null,
      periodStart: third,
      periodEnd: fourth,
      closedAt: '2026-01-23T00:10:00.000Z',
      backfilled: false,
      revisedUnavailable: null,
      entries: [
        ['a', 'A', '0xa1', 'One', 'A now', 'One', 1, 2],
        ['b', 'B', '0xa2', 'Two', 'B', 'Two now', 2, 1],
        ['c', 'C', '0xa2', 'Two', 'C', 'Two now', 2, 1],
      ].map(([songId, songTitle, artistAddress, artistName, title, name, rank, plays]) => ({
        rank,
        plays,
        uniqueListeners: plays,
        earnings: `0.0000000${plays}`,
        songId,
        songTitle,
        artistAddress,
        artistName,
        song: { title },
        artist: { artistName: name },
      })),
    });
  });

  it('remember what was before', async () => {
    const at = (instant: string) => `chartEdition(at: "${instant}") { number entries { ${memory} } }`;
    expect(
      await ask(`{ first: ${at(first)} second: ${at('2026-01-15T23:59:59.999999Z')} third: ${at(third)} }`),
    ).toEqual({
      first: {
        number: 2,
        entries: [
          entry(1, 'a', null, null, 1, 1, 1, 'NEW'),
          entry(2, 'b', null, null, 2, 1, 1, 'NEW'),
          entry(2, 'c', 1, 1, 1, 2, 2, 'DOWN'),
        ],
      },
      second: {
        number: 3,
        entries: [
          entry(1, 'd', null, null, 1, 1, 1, 'NEW'),
          entry(2, 'b', 2, 2, 2, 2, 2, 'SAME'),
          entry(3, 'a', 1, 1, 1, 2, 2, 'DOWN'),
        ],
      },
      third: {
        number: 4,
        entries: [
          entry(1, 'a', 3, 3, 1, 3, 3, 'UP'),
          entry(2, 'b', 2, 2, 2, 3, 3, 'SAME'),
          entry(2, 'c', null, 2, 1, 3, 1, 'RE_ENTRY'),
        ],
      },
    });
  });

  it('have a chart of each genre, under the genre that a song had', async () => {
    expect(
      await ask(
        '{ chartEdition(genre: "Rock") { number genre entries { songId rank } } jazz: chartEdition(genre: "Jazz") { number entries { songId } } }',
      ),
    ).toEqual({
      chartEdition: {
        number: 3,
        genre: 'Rock',
        entries: [
          { songId: 'a', rank: 1 },
          { songId: 'b', rank: 2 },
        ],
      },
      jazz: { number: 3, entries: [{ songId: 'c' }] },
    });
  });

  it('say what they would be by the plays and genres of the last refresh, and not of later ones', async () => {
    const figures = 'entries { songId plays revisedPlays revisedRank }';
    expect(
      await ask(`{ all: chartEdition { ${figures} } rock: chartEdition(genre: "Rock") { ${figures} } }`),
    ).toEqual({
      all: {
        entries: [
          { songId: 'a', plays: 2, revisedPlays: 0, revisedRank: null },
          { songId: 'b', plays: 1, revisedPlays: 1, revisedRank: 2 },
          { songId: 'c', plays: 1, revisedPlays: 6, revisedRank: 1 },
        ],
      },
      rock: {
        entries: [
          { songId: 'a', plays: 2, revisedPlays: 0, revisedRank: null },
          { songId: 'b', plays: 1, revisedPlays: 1, revisedRank: 1 },
        ],
      },
    });
    expect(await ask(`{ chartEdition(genre: "Rock", at: "${first}") { ${figures} } }`)).toEqual({
      chartEdition: {
        entries: [
          // It is in another chart now.
          { songId: 'a', plays: 3, revisedPlays: 0, revisedRank: null },
          { songId: 'b', plays: 2, revisedPlays: 2, revisedRank: 1 },
        ],
      },
    });
  });

  it('are listed newest first, page by page from both ends', async () => {
    const starts = [third, second, first, long];
    const walk = async (size: string, cursor: 'after' | 'before') => {
      const seen: string[] = [];
      for (let bound = ''; ; ) {
        const { chartEditions: page } = (await ask(
          `{ chartEditions(${size}: 1${bound}) { totalCount nodes { periodStart } edges { cursor node { number } }
               pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        )) as { chartEditions: Record<string, never> };
        const { nodes, edges, totalCount, pageInfo } = page as never as {
          nodes: { periodStart: string }[];
          edges: { cursor: string }[];
          totalCount: number;
          pageInfo: Record<string, unknown>;
        };
        expect(totalCount).toBe(4);
        expect(edges[0]!.cursor).toBe(pageInfo.startCursor);
        seen.push(nodes[0]!.periodStart);
        if (!pageInfo[cursor === 'after' ? 'hasNextPage' : 'hasPreviousPage']) return seen;
        bound = `, ${cursor}: "${pageInfo[cursor === 'after' ? 'endCursor' : 'startCursor']}"`;
      }
    };
    expect(await walk('first', 'after')).toEqual(starts);
    expect(await walk('last', 'before')).toEqual(starts.reverse());
    expect(await ask('{ chartEditions(genre: "Rock") { totalCount nodes { number backfilled } } }')).toEqual({
      chartEditions: {
        totalCount: 3,
        nodes: [
          { number: 3, backfilled: false },
          { number: 2, backfilled: false },
          { number: 1, backfilled: true },
        ],
      },
    });
  });

  it('show the way of a song through the editions, newest first', async () => {
    expect(
      await ask(
        `{ song(id: "c") { chartHistory { rank status edition { periodStart genre } } jazz: chartHistory(genre: "Jazz", first: 1) { rank edition { genre } }
             none: chartHistory(genre: "Polka") { rank } } never: song(id: "a") { chartHistory(genre: "Jazz") { rank } } }`,
      ),
    ).toEqual({
      song: {
        chartHistory: [
          { rank: 2, status: 'RE_ENTRY', edition: { periodStart: third, genre: null } },
          { rank: 2, status: 'DOWN', edition: { periodStart: first, genre: null } },
          { rank: 1, status: 'NEW', edition: { periodStart: long, genre: null } },
        ],
        jazz: [{ rank: 1, edition: { genre: 'Jazz' } }],
        none: [],
      },
      never: { chartHistory: [] },
    });
  });

  it('are what the rolling week is compared with', async () => {
    expect(
      await ask('{ topSongsThisWeek { songId rank previousRank peakRank editionsOnChart status } }'),
    ).toEqual({
      topSongsThisWeek: [
        { songId: 'c', rank: 1, previousRank: 2, peakRank: 1, editionsOnChart: 3, status: 'UP' },
        { songId: 'b', rank: 2, previousRank: 2, peakRank: 2, editionsOnChart: 3, status: 'SAME' },
      ],
    });
    expect(await ask('{ topSongsThisWeek { status } }')).toEqual({
      topSongsThisWeek: [{ status: 'UP' }, { status: 'SAME' }],
    });
  });

  it('are not there for weeks of the future, weeks without plays and unknown genres', async () => {
    expect(
      await ask(
        `{ open: chartEdition(at: "${fourth}") { number } future: chartEdition(at: "9999-12-31T00:00:00Z") { number }
           empty: chartEdition(at: "2025-12-01T00:00:00Z") { number } early: chartEdition(at: "0001-01-01T00:00:00Z") { number }
           unknown: chartEdition(genre: "Polka") { number } chartEditions(genre: "Polka") { totalCount nodes { number } } }`,
      ),
    ).toEqual({
      open: null,
      future: null,
      empty: null,
      early: null,
      unknown: null,
      chartEditions: { totalCount: 0, nodes: [] },
    });
  });

  it.each([
    ['{ chartEdition(at: "next Friday") { number } }', /DateTime/],
    ['{ chartEdition(genre: "a\\u0000b") { number } }', /genre: expected a text without U\+0000/],
    ['{ chartEdition { entries(first: 101) { rank } } }', /first: expected a number from 0 to 100, got 101/],
    ['{ chartEditions(first: -1) { nodes { number } } }', /first: expected a number from 0 to 100, got -1/],
    ['{ chartEditions(first: 1, last: 1) { nodes { number } } }', /first, last: expected one of the two/],
    [
      '{ chartEditions(after: "nonsense") { nodes { number } } }',
      /after: expected a cursor that this list gave, got something/,
    ],
    [
      '{ song(id: "a") { chartHistory(first: 101) { rank } } }',
      /first: expected a number from 0 to 100, got 101/,
    ],
  ])('refuse %s', async (document, message) => {
    const { errors } = await gateway.ask(document);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('refuse a cursor of another chart', async () => {
    const { chartEditions } = (await ask('{ chartEditions { pageInfo { endCursor } } }')) as {
      chartEditions: { pageInfo: { endCursor: string } };
    };
    const { errors } = await gateway.ask(
      `{ chartEditions(genre: "Rock", after: "${chartEditions.pageInfo.endCursor}") { nodes { number } } }`,
    );
    expect(errors[0]?.message).toMatch(/got a cursor of another list/);
  });

  it('take one statement for the entries of all editions, and one each for songs, artists, histories and revised figures', async () => {
    const namesOf = async (document: string) => {
      const texts = await recordStatements(gateway.reading, () => ask(document));
      return texts.map((text) => nameIn(text) ?? 'generation').filter(isAsked);
    };
    const names = await namesOf(
      `{ chartEditions(first: 2) { nodes { number entries(first: 5) { rank song { title chartHistory(first: 2) { rank edition { number } } } artist { artistName } revisedPlays revisedRank } } } }`,
    );
    expect(names.sort()).toEqual([
      'artists.byAddress',
      'chartEdition.entries',
      'chartEdition.revision',
      'chartEditions.byKey',
      'chartEditions.page',
      'song.chartHistory',
      'songs.byId',
    ]);
    expect(await namesOf('{ topSongsThisWeek { songId } }')).toEqual(['topSongsThisWeek']);
    expect(await namesOf('{ topSongsThisWeek { status peakRank editionsOnChart previousRank } }')).toEqual([
      'topSongsThisWeek',
      'topSongsThisWeek.memory',
    ]);
  });

  it.each(['chart', 'chart_edition', 'chart_entry'])(
    'cannot be changed by any statement: %s',
    async (table) => {
      for (const statement of [
        `delete from analytics.${table}`,
        `update analytics.${table} set chart = chart`,
        `truncate analytics.${table}`,
      ])
        await expect(gateway.database.query(statement)).rejects.toThrow(
          'closed chart editions are never changed',
        );
    },
  );

  it('cannot be revised once plays of the week are gone, and say so', async () => {
    const { database } = gateway;
    const asked = (at: string) =>
      ask(
        `{ chartEdition(at: "${at}") { revisedUnavailable entries(first: 1) { plays revisedPlays revisedRank } } }`,
      );
    await database.query(`select analytics.retire_plays('2025-11-01')`);
    expect(await asked(long)).toEqual({
      chartEdition: {
        revisedUnavailable: 'plays of this week were retired',
        entries: [{ plays: 1, revisedPlays: null, revisedRank: null }],
      },
    });
    expect(await asked(first)).toMatchObject({ chartEdition: { revisedUnavailable: null } });
    await database.query('truncate plays');
    expect(await asked(first)).toEqual({
      chartEdition: {
        revisedUnavailable: 'plays that the last refresh counted are gone; the next refresh counts anew',
        entries: [{ plays: 3, revisedPlays: null, revisedRank: null }],
      },
    });
    await database.query(`select analytics.rebuild('test')`);
    expect(await asked(first)).toEqual({
      chartEdition: { revisedUnavailable: null, entries: [{ plays: 3, revisedPlays: 0, revisedRank: null }] },
    });
    expect(await asked(long)).toMatchObject({ chartEdition: { entries: [{ plays: 1 }] } });
  });
});
