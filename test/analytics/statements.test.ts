import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalIdOf } from '../../src/analytics/node/global-id.js';
import { SongsDocument, TopSongsThisWeekDocument } from '../../src/client/operations.js';
import { nameIn } from '../../src/database/reader/named-text.js';
import { openFresh } from '../support/databases.js';
import { asOf, isAsked, recordStatements } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';

describe('The gateway', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh('fixture');
    await database.query(
      `insert into songs (song_id, title, artist_address, genre, strategy)
       select 'more-' || n, 'More ' || n, '0xa2', 'Rock', 'auction' from generate_series(1, 40) n`,
    );
    await database.query(`select analytics.refresh('test', $1)`, [asOf]);
    gateway = await startGateway(database, { RESPONSE_CACHE: 'off' });
  });
  afterAll(() => gateway?.close());

  /** The statements that a document costs, and the columns that each of them reads. */
  const statementsOf = async (document: string, variables: object = {}) => {
    const texts = await recordStatements(gateway.reading, async () => {
      const { errors } = await gateway.ask(document, variables, 'operator');
      expect(errors).toEqual([]);
    });
    // Beside it the gateway looks for refreshes and makes partitions; only what a request asks bears another name.
    const asked = texts.filter((text) => isAsked(nameIn(text) ?? 'generation'));
    return asked.map((text) => ({
      name: nameIn(text),
      columns: [...text.slice(0, text.indexOf(' from ')).matchAll(/ as "(\w+)"/g)].map((match) => match[1]),
      text,
    }));
  };

  it.each([1, 50])('reads %i songs with their artists in two statements', async (first) => {
    const names: string[] = [];
    // The gateway looks for new refreshes, too, while it answers.
    const observe = ({ name }: { name: string }) => void (isAsked(name) && names.push(name));
    gateway.database.observers.add(observe);
    const statements = await statementsOf(
      'query ($first: Int) { songs(first: $first) { nodes { title artist { artistName } } } }',
      { first },
    );
    gateway.database.observers.delete(observe);
    expect(names).toEqual(['songs.page', 'artists.byAddress']);
    expect(statements.map((statement) => statement.name)).toEqual(names);
  });

  it.each([1, 50])(
    'reads %i songs with their series, what these are compared with and up to when in five statements',
    async (first) => {
      const statements = await statementsOf(
        `query ($first: Int) {
        songs(first: $first) {
          nodes { title series(last: 7, compareTo: PREVIOUS_PERIOD) { buckets { plays } totals { plays } previous { buckets { plays } } previousToDate { plays } } }
        }
      }`,
        { first },
      );
      expect(statements.map(({ name }) => name)).toEqual([
        'songs.page',
        'series.range',
        'song.series',
        'song.series',
        'song.series',
      ]);
    },
  );

  it('reads a series only as far as it is selected', async () => {
    const namesOf = async (given: string, selection: string) =>
      (await statementsOf(`{ trendingSongs { series(${given}) { ${selection} } } }`))
        .map(({ name }) => name)
        .slice(1);
    const compared = 'last: 2, compareTo: PREVIOUS_YEAR';
    expect(await namesOf(compared, 'from to')).toEqual(['series.range']);
    expect(await namesOf(compared, 'totals { plays }')).toEqual(['series.range', 'song.series']);
    expect(await namesOf(compared, 'previousToDate { plays }')).toEqual(['series.range', 'song.series']);
    expect(await namesOf(compared, 'previous { from }')).toEqual(['series.range']);
    expect(await namesOf('last: 2', 'previous { totals { plays } } previousToDate { plays }')).toEqual([
      'series.range',
    ]);
  });

  it('reads series with other arguments, and of other kinds, in other statements', async () => {
    const statements = await statementsOf(
      `{ trendingSongs {
        days: series(last: 7) { totals { plays } }
        weeks: series(granularity: WEEK, last: 7) { totals { plays } }
        artist { series(last: 7) { totals { plays } } }
      } }`,
    );
    expect(statements.map(({ name }) => name).sort()).toEqual([
      'artist.series',
      'artists.byAddress',
      'series.range',
      'series.range',
      'song.series',
      'song.series',
      'trendingSongs',
    ]);
  });

  it('reads the chart with songs, artists and the artists of the songs in four statements', async () => {
    const statements = await statementsOf(
      '{ topSongsThisWeek { title song { playCount artist { artistName } } artist { totalPlays } } }',
    );
    expect(statements.map((statement) => statement.name).sort()).toEqual([
      'artists.byAddress',
      'artists.byAddress',
      'songs.byId',
      'topSongsThisWeek',
    ]);
  });

  it.each<[document: string, columns: string[]]>([
    ['{ songs { nodes { title } } }', ['songId', 'title', 'playCount']],
    ['{ songs { edges { node { genre } } nodes { title } } }', ['songId', 'title', 'genre', 'playCount']],
    ['{ songs(orderBy: [{ field: TITLE }]) { nodes { songId } } }', ['songId', 'title']],
    [
      '{ songs { nodes { ...F ... on Song { strategy } } } } fragment F on Song { alias: genre }',
      ['songId', 'genre', 'strategy', 'playCount'],
    ],
    [
      '{ songs { nodes { title @skip(if: true) genre @include(if: false) songId } } }',
      ['songId', 'playCount'],
    ],
    ['{ songs { pageInfo { hasNextPage } } }', ['songId', 'playCount']],
    ['{ song(id: "song-01") { __typename } }', ['songId']],
    ['{ song(id: "song-01") { id } }', ['songId']],
    [`{ node(id: "${globalIdOf('Song', 'song-01')}") { id } }`, ['songId']],
    [
      `{ node(id: "${globalIdOf('Artist', '0xa2')}") { ... on Artist { artistName } } }`,
      ['artistAddress', 'artistName'],
    ],
    ['{ trendingSongs { title } }', ['songId', 'title']],
    ['{ artist(address: "0xa2") { artistName } }', ['artistAddress', 'artistName']],
    ['{ platformStats { totalPlays } }', ['totalPlays']],
    ['{ genres { popularityRank } }', ['genre', 'popularityRank']],
    ['{ listener(address: "0xb0b") { totalSpent } }', ['listenerAddress', 'totalSpent']],
    ['{ topSongsThisWeek { rank } }', ['songId', 'rank']],
  ])(
    'reads the columns that are asked for and those it orders by, no others: %s',
    async (document, columns) => {
      const statements = await statementsOf(document);
      expect(statements).toHaveLength(1);
      expect(statements[0]?.columns).toEqual(columns);
    },
  );

  it('reads the objects of many identifiers in one statement for each type', async () => {
    const ids = ['song-01', 'song-02', 'song-01', 'none'].map((key) => globalIdOf('Song', key));
    const statements = await statementsOf(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Song { title } ... on Artist { artistName } } }',
      { ids: [...ids, globalIdOf('Artist', '0xa2')] },
    );
    expect(statements.map(({ name }) => name).sort()).toEqual(['artists.byAddress', 'songs.byId']);
  });

  it('reads the address of an artist only if the artist is selected', async () => {
    const [page, artists] = await statementsOf('{ songs { nodes { artist { artistName } } } }');
    expect(page?.columns).toEqual(['songId', 'artistAddress', 'playCount']);
    expect(artists?.columns).toEqual(['artistAddress', 'artistName']);
  });

  it('counts a list only if its total is selected, and reads no rows if nothing else is', async () => {
    const namesOf = async (parts: string) =>
      (await statementsOf(`{ songs { ${parts} } }`)).map((statement) => statement.name).sort();
    expect(await namesOf('nodes { title }')).toEqual(['songs.page']);
    expect(await namesOf('nodes { title } totalCount')).toEqual(['songs.count', 'songs.page']);
    expect(await namesOf('totalCount')).toEqual(['songs.count']);
    expect(await namesOf('totalCount @skip(if: true) __typename')).toEqual([]);
  });

  it('writes no value of a request into the text of a statement, except the number of rows', async () => {
    const texts = await recordStatements(gateway.reading, async () => {
      const secret = { filter: { title: { contains: 'ZEBRA' }, genre: { in: ['ZEBRA'] } }, first: 77 };
      await gateway.ask(SongsDocument, secret);
      await gateway.ask(TopSongsThisWeekDocument, { first: 77 });
      await gateway.ask('{ searchSongs(query: "ZEBRA") { title } genre(name: "ZEBRA") { totalPlays } }');
      await gateway.ask(
        '{ genre(name: "Rock") { series(last: 77, timeZone: "Asia/Tokyo") { buckets { plays } } } }',
      );
    });
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.filter((text) => / limit 7[78]$/.test(text))).toHaveLength(2);
    expect(texts.map((text) => text.replace(/ limit \d+$/, '')).join('\n')).not.toMatch(
      /ZEBRA|7[78]|Rock|Tokyo/,
    );
  });
});
