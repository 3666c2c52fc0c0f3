import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaFor } from '../../../src/auth/visible-schema.js';
import type { Database } from '../../../src/database/database.js';
import { createSchema } from '../../../src/schema/schema.js';
import { randomOperation } from '../../graphql/execution/random-operations.js';
import { seededRandom } from '../../refresh/random.js';
import { openFresh } from '../../support/databases.js';
import { asOf, fixtureSql } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';

const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 1_000_000_000);
const under = 5;

/**
 * The fixture, and what differs: who heard a song of a popular artist, the only one of its genre and of its weeks, and who
 * heard the two songs of a small artist. All of them hear the popular artist's other song as well.
 */
const worldSql = (rare: readonly string[], first: readonly string[], second: readonly string[]) => `
  ${fixtureSql}
  insert into artists (artist_address, name) values ('0xb1', 'Popular'), ('0xb2', 'Small');
  insert into songs (song_id, title, artist_address, genre, strategy) values
    ('popular', 'Popular', '0xb1', 'Rock', 'auction'), ('rare', 'Rare', '0xb1', 'Rare', 'auction'),
    ('small-1', 'Small 1', '0xb2', 'Tiny', 'patronage'), ('small-2', 'Small 2', '0xb2', 'Tiny', 'patronage');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select 'popular', '0xe' || n, timestamptz '${asOf}' - n * interval '3 days', 60, 1 from generate_series(1, 12) n;
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select song, listener, timestamptz '${asOf}' - place * interval '9 days', 60, 1
  from (values ('rare', '{${rare}}'::text[]), ('small-1', '{${first}}'), ('small-2', '{${second}}')) each (song, listeners)
  cross join unnest(listeners) with ordinality heard (listener, place);
`;

async function openWorld(sql: string): Promise<Database> {
  const database = await openFresh();
  await database.query(sql);
  await database.query(`select analytics.refresh('test', $1)`, [asOf]);
  return database;
}

describe('Of two worlds that differ in withheld counts alone', () => {
  const gateways: Gateway[] = [];
  let exact: Gateway;
  beforeAll(async () => {
    const few = worldSql(['0xe1', '0xe1', '0xe1', '0xe1'], ['0xe1', '0xe2'], ['0xe1', '0xe2']);
    const more = worldSql(['0xe1', '0xe2', '0xe3', '0xe4'], ['0xe1', '0xe2'], ['0xe3', '0xe4']);
    for (const sql of [few, more])
      gateways.push(await startGateway(await openWorld(sql), { WITHHOLD_LISTENERS_UNDER: `${under}` }));
    exact = await startGateway(await openWorld(more));
  });
  afterAll(async () => {
    for (const gateway of [...gateways, exact]) await gateway?.close();
  });

  const dataOf = (text: string) => {
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { message: string }[] };
    return { data, errors: errors?.map(({ message }) => message) };
  };
  /** What both worlds answer, which has to be the same. */
  async function askBoth(
    document: string,
    variables: object = {},
    asker: 'public' | 'operator' = 'public',
  ): Promise<Record<string, unknown>> {
    const [first, second] = await Promise.all(
      gateways.map(async (gateway) => dataOf((await gateway.ask(document, variables, asker)).text)),
    );
    expect(second, document).toEqual(first);
    return first?.data as Record<string, unknown>;
  }

  const numbers = `
    songs(first: 50) { nodes { songId playCount uniqueListeners listenersSuppressed } }
    artists(first: 50) { nodes { artistAddress uniqueListeners listenersSuppressed } }
    genres { genre uniqueListeners listenersSuppressed }
    platformStats { totalListeners listenersSuppressed activeListeners(granularity: WEEK, last: 12) { listenersSuppressed buckets { listeners } } }
    chartEditions(first: 20) { nodes { entries(first: 50) { songId uniqueListeners listenersSuppressed } } }`;

  it('the numbers differ where nothing is withheld, and are all there', async () => {
    const { data } = await exact.ask(`{ ${numbers} }`);
    expect(JSON.stringify(data)).not.toMatch(/"listenersSuppressed":true|isteners":null/);
    expect(data).toMatchObject({
      songs: {
        nodes: expect.arrayContaining([expect.objectContaining({ songId: 'rare', uniqueListeners: 4 })]),
      },
    });
  });

  it('what they take of the database is part of what an operation costs', async () => {
    const costIn = async (gateway: Gateway) => {
      const body = { query: '{ platformStats { totalListeners } }', extensions: { cost: true } };
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { extensions: { cost: { requested: number } } }).extensions.cost
        .requested;
    };
    expect(await costIn(gateways[0]!)).toBe((await costIn(exact)) + 2_000);
  });

  it.each(['public', 'operator'] as const)(
    'they are withheld from each %s who asks over HTTP',
    async (asker) => {
      const data = await askBoth(`{ ${numbers} }`, {}, asker);
      const songs = (data.songs as { nodes: Record<string, unknown>[] }).nodes;
      const withheld = { uniqueListeners: null, listenersSuppressed: true };
      expect(songs).toContainEqual({
        songId: 'popular',
        playCount: 12,
        uniqueListeners: 12,
        listenersSuppressed: false,
      });
      for (const songId of ['rare', 'small-1', 'small-2'])
        expect(songs).toContainEqual(expect.objectContaining({ songId, ...withheld }));
      for (const { uniqueListeners, playCount } of songs as {
        uniqueListeners: number | null;
        playCount: number;
      }[])
        if (uniqueListeners !== null && playCount > 1) expect(uniqueListeners).toBeGreaterThanOrEqual(under);
      expect((data.artists as { nodes: unknown[] }).nodes).toEqual(
        expect.arrayContaining([
          { artistAddress: '0xb1', uniqueListeners: 12, listenersSuppressed: false },
          { artistAddress: '0xb2', ...withheld },
        ]),
      );
      for (const genre of data.genres as object[]) expect(genre).toMatchObject(withheld);
      expect(data.platformStats).toMatchObject({
        listenersSuppressed: false,
        activeListeners: { listenersSuppressed: true },
      });
      const text = JSON.stringify([data.platformStats, data.chartEditions]);
      expect(text).not.toMatch(/"(listeners|uniqueListeners)":\d/);
    },
  );

  it('filters, orderings, cursors and counts of rows are the same', async () => {
    const operators = Array.from({ length: 14 }, (_, n) => [
      { eq: n },
      { ne: n },
      { lt: n },
      { lte: n },
      { gt: n },
      { gte: n },
      { in: [n, n + 1] },
    ]).flat();
    for (const operator of [...operators, { isNull: true }, { isNull: false }, { eq: null }])
      for (const [list, type] of [
        ['songs', 'SongFilter'],
        ['artists', 'ArtistFilter'],
      ])
        await askBoth(
          `query ($filter: ${type}) { ${list}(filter: $filter, first: 50) { totalCount nodes { id } } }`,
          { filter: { uniqueListeners: operator } },
        );
    for (const list of ['songs', 'artists'])
      for (const direction of ['ASC', 'DESC']) {
        let after: string | null = null;
        do {
          const document = `query ($after: String) {
            ${list}(first: 4, after: $after, orderBy: { field: UNIQUE_LISTENERS, direction: ${direction} }) {
              nodes { id uniqueListeners } pageInfo { endCursor hasNextPage } } }`;
          const data = await askBoth(document, { after });
          const { pageInfo } = data[list] as { pageInfo: { endCursor: string; hasNextPage: boolean } };
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);
      }
  });

  it('how many listeners a refresh has changed is said to nobody', async () => {
    const { viewFreshness } = await askBoth('{ viewFreshness { view rowsChanged } }');
    expect(viewFreshness).toContainEqual({ view: 'MV_LISTENER_ACTIVITY', rowsChanged: null });
    const { data } = await exact.ask('{ viewFreshness { view rowsChanged } }');
    expect(data?.viewFreshness).toContainEqual({
      view: 'MV_LISTENER_ACTIVITY',
      rowsChanged: expect.any(Number),
    });
  });

  it('an answer with the platform’s count follows the songs and artists, too', async () => {
    const document = '{ platformStats { totalListeners } }';
    const keys = (await gateways[0]!.ask(document)).headers.get('surrogate-key');
    expect(keys).toMatch(/mv_song_analytics/);
    expect(keys).toMatch(/mv_artist_analytics/);
    expect((await exact.ask(document)).headers.get('surrogate-key')).not.toMatch(/mv_song_analytics/);
  });

  it('metrics are for operators, because the sizes of tables differ', async () => {
    for (const path of ['/metrics', '/metrics/database']) {
      expect((await gateways[0]!.fetch(path)).status).toBe(401);
      expect((await gateways[0]!.fetch(path, '0xb1')).status).toBe(403);
      const response = await gateways[0]!.fetch(path, 'operator');
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining('db_relation_live_rows'),
      ]);
      expect((await exact.fetch(path)).status).toBe(200);
    }
  });

  it('files are the same', async () => {
    const filter = encodeURIComponent('{"uniqueListeners":{"lt":5}}');
    const order = encodeURIComponent('[{"field":"UNIQUE_LISTENERS"}]');
    for (const path of [
      'songs.csv',
      'songs.ndjson',
      `songs.csv?filter=${filter}`,
      `songs.csv?orderBy=${order}`,
      'artists.csv',
      `artists.ndjson?orderBy=${order}`,
      'genres.csv',
      'top-songs-week.csv',
      'chart.csv',
      'chart.csv?genre=Rare',
      'series.csv?kind=song&id=rare',
      'songs.parquet',
      'chart.parquet',
      'genres.parquet',
    ]) {
      const [first, second] = await Promise.all(
        gateways.map(async ({ url }) => {
          const response = await fetch(`${url}/export/${path}`);
          return [response.status, Buffer.from(await response.arrayBuffer()).toString('latin1')] as const;
        }),
      );
      expect(second, path).toEqual(first);
      if (path === 'songs.csv') {
        expect(first![0]).toBe(200);
        expect(first![1]).toMatch(/\r\nrare,Rare,0xb1,Rare,AUCTION,4,,/);
      }
    }
  });

  it('answers to random operations are the same', { timeout: 600_000 }, async () => {
    console.log(`two worlds: RANDOM_SEED=${seed}`);
    const random = seededRandom(seed);
    const schema = schemaFor(await createSchema(), 'public');
    for (let asked = 0; asked < 400; asked++) {
      const { text, variables } = randomOperation(schema, random);
      if (!/\bclosedAt\b/.test(text)) await askBoth(text, variables);
    }
  });
});
