import { expect, it } from 'vitest';
import { globalIdOf } from '../../../src/analytics/node/global-id.js';
import { nameIn } from '../../../src/database/reader/named-text.js';
import { addDecimals } from '../../../src/scalars/add-decimals.js';
import { alice, bob, isAsked, recordStatements } from '../../support/fixture.js';
import { type Asker, describeEachGateway } from '../../support/gateway.js';

interface Amount {
  readonly plays: number;
  readonly earnings: string;
}

interface Line extends Amount {
  readonly songId: string;
  readonly songTitle: string | null;
  readonly song: { readonly title: string } | null;
}

interface Statement extends Amount {
  readonly id: string;
  readonly month: string;
  readonly closedAt: string | null;
  readonly backfilled: boolean;
  readonly totalPlays: number;
  readonly totalEarnings: string;
  readonly byStrategy: readonly (Amount & { readonly strategy: string })[];
  readonly songs: { readonly nodes: readonly Line[] };
  readonly adjustments: readonly (Line & { readonly month: string })[];
}

interface Artist {
  readonly artistAddress: string;
  readonly totalPlays: number;
  readonly totalEarnings: string;
  readonly statements: { readonly nodes: readonly Statement[] };
  readonly openStatement: Statement;
}

const line = 'songId songTitle song { title } plays earnings';
const whole = `id month closedAt backfilled plays earnings totalPlays totalEarnings byStrategy { strategy plays earnings }
  songs { nodes { ${line} } } adjustments { month ${line} }`;
const artistFields = `artistAddress totalPlays totalEarnings statements(first: 6) { nodes { ${whole} } } openStatement { ${whole} }`;

const plain = (earnings: string) => (earnings.includes('.') ? earnings.replace(/\.?0+$/, '') : earnings);
const sumOf = (amounts: readonly Amount[]) => ({
  plays: amounts.reduce((sum, { plays }) => sum + plays, 0),
  earnings: plain(addDecimals(amounts.map(({ earnings }) => earnings))),
});

describeEachGateway('Statements of an artist', (gateway) => {
  const ask = (document: string, asker: Asker = alice) => gateway().ask(document, {}, asker);

  const read = async (address: string, asker: Asker = 'operator'): Promise<Artist> => {
    const { data, errors } = await ask(`{ artist(address: "${address}") { ${artistFields} } }`, asker);
    expect(errors).toEqual([]);
    return (data as unknown as { artist: Artist }).artist;
  };

  /** What every statement and every artist has to agree in. */
  const requireAgreement = (artist: Artist) => {
    const all = [...artist.statements.nodes, artist.openStatement];
    for (const { plays, earnings, totalPlays, totalEarnings, byStrategy, songs, adjustments } of all) {
      const own = { plays, earnings: plain(earnings) };
      expect(sumOf(songs.nodes)).toEqual(own);
      expect(sumOf(byStrategy)).toEqual(own);
      expect(sumOf([own, ...adjustments])).toEqual({
        plays: totalPlays,
        earnings: plain(totalEarnings),
      });
    }
    expect(
      sumOf(all.map(({ totalPlays, totalEarnings }) => ({ plays: totalPlays, earnings: totalEarnings }))),
    ).toEqual({ plays: artist.totalPlays, earnings: plain(artist.totalEarnings) });
  };

  const readAll = async (): Promise<Artist[]> => {
    const { data, errors } = await ask(`{ artists(first: 10) { nodes { ${artistFields} } } }`, 'operator');
    expect(errors).toEqual([]);
    return (data as unknown as { artists: { nodes: Artist[] } }).artists.nodes;
  };

  const refresh = async (at: string) => {
    await gateway().database.query(`select analytics.refresh('test', $1)`, [at]);
  };

  it('close the months that were over before there were any, and add up to the totals with the open one', async () => {
    const artists = await readAll();
    expect(artists.length).toBeGreaterThan(5);
    for (const artist of artists) requireAgreement(artist);
    const { statements, openStatement } = await read(alice);
    expect(statements.nodes.map(({ month }) => month)).toEqual(['2026-02', '2026-01']);
    expect(statements.nodes[0]).toMatchObject({
      id: globalIdOf('ArtistStatement', alice, '2026-02'),
      closedAt: '2026-03-01T12:00:00.123456Z',
      backfilled: true,
      adjustments: [],
    });
    // Two days in the future is in March, too.
    expect(openStatement).toMatchObject({ month: '2026-03', closedAt: null, adjustments: [] });
  });

  it('are what the plays of each month are, by song', async () => {
    for (const artist of await readAll())
      for (const { month, songs } of [...artist.statements.nodes, artist.openStatement]) {
        const { rows } = await gateway().database.query<Amount & { songId: string }>(
          `select song_id as "songId", count(*) as plays, sum(amount_paid) as earnings from plays join songs using (song_id)
           where artist_address = $1 and to_char(played_at at time zone 'UTC', 'YYYY-MM') = $2
           group by song_id order by sum(amount_paid) desc, song_id`,
          [artist.artistAddress, month],
        );
        expect(songs.nodes.map(({ songId, plays, earnings }) => ({ songId, plays, earnings }))).toEqual(rows);
      }
  });

  it('are paged, both ways', async () => {
    const page = async (given: string) => {
      const { data, errors } = await ask(
        `{ artist(address: "${alice}") { statements(${given}) {
          totalCount nodes { month } edges { cursor node { month } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      );
      expect(errors).toEqual([]);
      const { statements } = (data as { artist: { statements: Record<string, unknown> } }).artist;
      return statements as unknown as {
        totalCount: number;
        nodes: { month: string }[];
        edges: { cursor: string }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
      };
    };
    const first = await page('first: 1');
    expect(first.totalCount).toBe(2);
    expect(first.nodes).toEqual([{ month: '2026-02' }]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect(second.nodes).toEqual([{ month: '2026-01' }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const back = await page(`last: 1, before: "${second.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual([{ month: '2026-02' }]);
    expect(back.edges[0]!.cursor).toBe(first.pageInfo.endCursor);

    const songs = async (given: string) => {
      const { data, errors } = await ask(
        `{ artist(address: "${alice}") { statements(first: 1) { nodes { songs(${given}) { totalCount nodes { songId } pageInfo { hasNextPage endCursor } } } } } }`,
      );
      expect(errors).toEqual([]);
      const { artist } = data as {
        artist: { statements: { nodes: { songs: Record<string, unknown> }[] } };
      };
      return artist.statements.nodes[0]!.songs as unknown as {
        totalCount: number;
        nodes: { songId: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const all = (await songs('first: 100')).nodes;
    expect(all.length).toBeGreaterThan(1);
    const walked: { songId: string }[] = [];
    let after = 'null';
    for (;;) {
      const { nodes, pageInfo, totalCount } = await songs(`first: 1, after: ${after}`);
      expect(totalCount).toBe(all.length);
      walked.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = `"${pageInfo.endCursor}"`;
    }
    expect(walked).toEqual(all);
  });

  it.each([
    ['first: 101', 'first: expected a number from 0 to 100, got 101'],
    ['first: 1, last: 1', 'first, last: expected one of the two, got first: 1 and last: 1'],
    [
      'after: "MDAwMDAw"',
      'after: expected a cursor that this list gave under this orderBy, got something that is no cursor',
    ],
  ])('refuse arguments that do not fit: %s', async (given, message) => {
    const { errors } = await ask(
      `{ artist(address: "${alice}") { statements(${given}) { nodes { month } } } }`,
    );
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('are for the artist and for operators; others get the rest of the artist', async () => {
    const document = `{ artist(address: "${alice}") { totalPlays statements { nodes { month earnings } totalCount } openStatement { earnings } } }`;
    for (const asker of [alice, 'operator'] as const) {
      const { errors, headers } = await ask(document, asker);
      expect(errors).toEqual([]);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    for (const asker of ['public', bob] as const) {
      const { data, errors } = await ask(document, asker);
      expect(data).toEqual({
        artist: { totalPlays: expect.any(Number), statements: null, openStatement: null },
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(
        Array(2).fill(asker === bob ? 'FORBIDDEN' : 'UNAUTHENTICATED'),
      );
    }
  });

  it('of many artists are read together', async () => {
    const amounts =
      'byStrategy { plays } songs(first: 3) { totalCount nodes { plays } } adjustments { plays }';
    const texts = await recordStatements(gateway().reading, async () => {
      const { errors } = await ask(
        `{ artists(first: 10) { nodes { statements(first: 3) { totalCount nodes { ${amounts} } } openStatement { plays } } } }`,
        'operator',
      );
      expect(errors).toEqual([]);
    });
    const names = texts.map((text) => nameIn(text) ?? 'generation').filter(isAsked);
    expect(names.sort()).toEqual([
      'artist.openStatement',
      'artist.statements',
      'artist.statements.count',
      'artists.page',
      'statement.adjustments',
      'statement.byStrategy',
      'statement.songs',
      'statement.songs.count',
    ]);
  });

  it('never change once closed: what changes in their months is adjusted in the open one, and closed with it', async () => {
    const { database } = gateway();
    const before = await readAll();
    await database.query(`
      insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-07', '0xd9', '2026-02-10Z', 1, 0.00000001);
      update plays set amount_paid = amount_paid + 0.5 where song_id = 'song-14' and played_at < '2026-02-01Z';
      update songs set artist_address = '${alice}' where song_id = 'song-02';
      delete from plays where song_id = 'song-10';
      delete from songs where song_id = 'song-10'`);
    await refresh('2026-03-20T00:00:00Z');
    const open = await readAll();
    for (const artist of open) {
      requireAgreement(artist);
      const { statements } = before.find(({ artistAddress }) => artistAddress === artist.artistAddress)!;
      const withoutSongs = (each: readonly Statement[]) =>
        JSON.stringify(each, (key, value) => (key === 'song' ? undefined : value));
      expect(withoutSongs(artist.statements.nodes)).toBe(withoutSongs(statements.nodes));
    }
    const adjustmentsOf = (artists: readonly Artist[], song: string) =>
      artists.flatMap(({ artistAddress, openStatement }) =>
        openStatement.adjustments
          .filter(({ songId }) => songId === song)
          .map((adjustment) => ({ ...adjustment, earnings: plain(adjustment.earnings), artistAddress })),
      );
    expect(adjustmentsOf(open, 'song-07')).toEqual([
      {
        artistAddress: alice,
        month: '2026-02',
        songId: 'song-07',
        songTitle: 'Moss 3',
        song: { title: 'Moss 3' },
        plays: 1,
        earnings: '0.00000001',
      },
    ]);
    for (const { plays, earnings } of adjustmentsOf(open, 'song-14')) {
      expect(plays).toBe(0);
      expect(Number(earnings)).toBeGreaterThan(0);
    }
    const moved = adjustmentsOf(open, 'song-02');
    expect(new Set(moved.map(({ artistAddress }) => artistAddress))).toEqual(new Set([alice, '0xa2']));
    expect(sumOf(moved)).toEqual({ plays: 0, earnings: '0' });
    const gone = adjustmentsOf(open, 'song-10');
    expect(gone.length).toBeGreaterThan(0);
    for (const { plays, songTitle, song } of gone) {
      expect(plays).toBeLessThan(0);
      expect({ songTitle, song }).toEqual({ songTitle: 'Moss 2', song: null });
    }

    await refresh('2026-04-01T00:00:00Z');
    for (const artist of await readAll()) {
      requireAgreement(artist);
      const { openStatement } = open.find(({ artistAddress }) => artistAddress === artist.artistAddress)!;
      const [latest] = artist.statements.nodes;
      expect(artist.openStatement).toMatchObject({ month: '2026-04', totalPlays: 0, adjustments: [] });
      if (openStatement.plays > 0 || openStatement.adjustments.length > 0)
        expect(latest).toEqual({ ...openStatement, closedAt: '2026-04-01T00:00:00.000Z' });
      else expect(latest?.month).not.toBe('2026-03');
    }
  });

  it.each([
    'update analytics.statement set earnings = 0',
    'delete from analytics.statement_line',
    'truncate analytics.statement, analytics.statement_line',
  ])('are refused a change by hand: %s', async (sql) => {
    await expect(gateway().database.query(sql)).rejects.toThrow(/^statements are closed for good: /);
  });
});
