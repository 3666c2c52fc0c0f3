import { parse as parseCsv } from 'csv-parse/sync';
import type { SchemaElement } from 'hyparquet';
import { beforeAll, expect, it } from 'vitest';
import { readParquet } from '../export/read-parquet.js';
import { openFresh } from '../support/databases.js';
import { alice, asOf, bob } from '../support/fixture.js';
import { type Asker, describeEachGateway, startGateway } from '../support/gateway.js';

type Row = Record<string, unknown>;

const scalars: Readonly<Record<string, string>> = {
  songs:
    'songId title artistAddress genre strategy playCount uniqueListeners totalEarnings avgPlayDuration avgEarningPerPlay firstPlayed lastPlayed trendingScore playsLast7Days playsLast30Days',
  artists:
    'artistAddress artistName totalSongs totalPlays uniqueListeners totalEarnings avgEarningPerPlay lastPlayDate playsLast30Days playsLast7Days lastRefreshed',
  listeners:
    'listenerAddress totalPlays uniqueSongsPlayed uniqueArtists totalSpent avgSpentPerPlay firstActive lastActive favoriteGenre favoriteStrategy playsLast7d playsLast30d',
  genres:
    'genre totalSongs totalArtists totalPlays totalEarnings avgEarningPerPlay uniqueListeners playsLast7d popularityRank',
  topSongsThisWeek: 'songId title artistAddress artistName genre plays rank',
};

/** Titles that a spreadsheet would run, or that CSV has to quote. */
const titles = ['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', "'", 'a "b", c\r\nd', ' =1', '-'];

function pathOf(file: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  const search = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return `/export/${file}?${search}`;
}

const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describeEachGateway(
  'A list as a file',
  (gateway) => {
    beforeAll(async () => {
      await gateway().database.query(
        `insert into songs (song_id, title, artist_address, genre, strategy, created_at)
         select 'text-' || n, title, $2, 'Rock', 'auction', $3::timestamptz - interval '1 year'
         from unnest($1::text[]) with ordinality titles (title, n)`,
        [titles, alice, asOf],
      );
      await gateway().database.query(`select analytics.refresh('test', $1)`, [asOf]);
    });

    /** What GraphQL answers for the same filter and ordering, over all its pages. */
    async function answersOf(field: string, variables: Row, asker: Asker): Promise<Row[]> {
      const rows: Row[] = [];
      const type = { songs: 'Song', artists: 'Artist', listeners: 'Listener' }[field];
      for (let after: string | null = null; ; ) {
        const { data, errors } = await gateway().ask(
          `query ($filter: ${type}Filter, $orderBy: [${type}Order!], $after: String) {
            list: ${field}(filter: $filter, orderBy: $orderBy, first: 100, after: $after) {
              nodes { ${scalars[field]} } pageInfo { endCursor hasNextPage } } }`,
          { ...variables, after },
          asker,
        );
        expect(errors).toEqual([]);
        const { nodes, pageInfo } = data!.list as {
          nodes: Row[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
        rows.push(...nodes);
        if (!pageInfo.hasNextPage) return rows;
        after = pageInfo.endCursor;
      }
    }

    const questions: readonly (readonly [list: string, variables: Row, asker: Asker])[] = [
      ['songs', {}, 'public'],
      [
        'songs',
        {
          filter: { or: [{ strategy: { in: ['AUCTION', 'PATRONAGE'] } }, { title: { contains: 'moss' } }] },
          orderBy: [{ field: 'LAST_PLAYED', direction: 'DESC' }, { field: 'TITLE' }],
        },
        'public',
      ],
      ['songs', { filter: { playCount: { gte: 6 } }, orderBy: [{ field: 'GENRE', direction: 'ASC' }] }, bob],
      ['artists', { orderBy: [{ field: 'ARTIST_NAME', direction: 'DESC' }] }, 'public'],
      ['artists', { filter: { artistName: { eq: 'nobody at all' } } }, 'public'],
      ['listeners', { filter: { totalSpent: { gt: '1.5' } } }, 'operator'],
    ];

    it.each(questions)(
      'has the rows of %s as GraphQL has them for %o to %s',
      async (list, variables, asker) => {
        const expected = await answersOf(list, variables, asker);
        const ndjson = await gateway().fetch(pathOf(`${list}.ndjson`, variables), asker);
        expect(ndjson.status).toBe(200);
        expect(linesOf(await ndjson.text())).toEqual(expected);

        const csv = await (await gateway().fetch(pathOf(`${list}.csv`, variables), asker)).arrayBuffer();
        expect(csvRows(Buffer.from(csv).toString())).toEqual(expected.map(asCells));

        const file = await gateway().fetch(pathOf(`${list}.parquet`, variables), asker);
        expect(file.headers.get('content-type')).toBe('application/vnd.apache.parquet');
        const { metadata, rows } = await readParquet(new Uint8Array(await file.arrayBuffer()));
        const kinds = new Map(metadata.schema.map((element) => [element.name, element]));
        expect(rows).toEqual(expected.map((row) => asParquet(row, kinds)));
      },
    );

    it.each([
      ['genres', 'genres'],
      ['top-songs-week', 'topSongsThisWeek'],
    ])('has all rows of %s in the order of %s', async (list, field) => {
      const { data } = await gateway().ask(`{ list: ${field} { ${scalars[field]} } }`);
      const file = await gateway().fetch(pathOf(`${list}.ndjson`));
      expect(linesOf(await file.text())).toEqual(data?.list);
    });

    it('has the columns that were asked for, in their order', async () => {
      const file = await gateway().fetch(pathOf('songs.csv', { fields: 'totalEarnings,songId' }));
      const [header, first] = (await file.text()).split('\r\n');
      expect(header).toBe('totalEarnings,songId');
      expect(first).toMatch(/^\d+\.\d{8},song-\d\d$/);
    });

    it('says what it is in its headers, also to HEAD', async () => {
      const headers = {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="songs-2026-03-01T12-00-00Z.csv"',
        'last-modified': 'Sun, 01 Mar 2026 12:00:00 GMT',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "frame-ancestors 'none'",
        'x-export-truncated': 'false',
        'x-export-rows': '35',
        'x-request-id': 'mine',
        vary: 'Authorization',
      };
      for (const method of ['GET', 'HEAD']) {
        const answer = await gateway().fetch('/export/songs.csv', 'public', {
          method,
          headers: { 'x-request-id': 'mine' },
        });
        expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
        expect(Number(answer.headers.get('x-export-generation'))).toBeGreaterThan(0);
        expect((await answer.text()).length > 0).toBe(method === 'GET');
      }
    });

    it('keeps listeners and statements from all who are no operators', async () => {
      for (const list of ['listeners', 'statements'])
        for (const [asker, status, code] of [
          ['public', 401, 'UNAUTHENTICATED'],
          [bob, 403, 'FORBIDDEN'],
        ] as const) {
          const answer = await gateway().fetch(`/export/${list}.csv`, asker);
          expect(answer.status).toBe(status);
          expect(await codeIn(answer)).toBe(code);
        }
      const wrong = await gateway().fetch('/export/songs.csv', 'public', {
        headers: { authorization: 'Bearer wrong' },
      });
      expect(wrong.status).toBe(401);
    });

    const refusals: readonly (readonly [path: string, status: number, message: RegExp])[] = [
      ['/export/nothing.csv', 404, /^The list: expected one of artists, songs, .*, got "nothing"\.$/],
      ['/export/songs.xml', 400, /^The format: expected csv, ndjson.*, got "xml"\.$/],
      ['/export/songs', 400, /^The format: expected csv, ndjson.*, got none\.$/],
      [pathOf('songs.csv', { filter: '{' }), 400, /^filter: expected JSON, got something else$/],
      [pathOf('songs.csv', { filter: '{"__proto__":{}}' }), 400, /^filter: expected JSON/],
      [pathOf('songs.csv', { filter: { nope: { eq: 1 } } }), 400, /^filter: Field "nope" is not defined/],
      [
        pathOf('songs.csv', { filter: { playCount: { gte: 'x' } } }),
        400,
        /^filter\.playCount\.gte: .*BigInt/,
      ],
      [pathOf('songs.csv', { filter: { title: { eq: null } } }), 400, /^filter\.title\.eq: expected a value/],
      [pathOf('songs.csv', { filter: { title: { eq: 'a\0' } } }), 400, /U\+0000/],
      [pathOf('songs.csv', { orderBy: [{ field: 'NOPE' }] }), 400, /^orderBy\.0\.field: /],
      [
        pathOf('songs.csv', { orderBy: Array(6).fill({ field: 'TITLE' }) }),
        400,
        /^orderBy: expected at most 5 steps, got 6$/,
      ],
      [
        pathOf('songs.csv', { fields: 'songId,nope' }),
        400,
        /^fields: expected names out of songId, .*"nope"$/,
      ],
      [pathOf('songs.csv', { fields: 'songId,songId' }), 400, /^fields: expected each name once/],
      [pathOf('songs.csv', { filters: {} }), 400, /^filters: expected filter, orderBy, fields for songs/],
      [pathOf('genres.csv', { filter: {} }), 400, /^filter: expected fields for genres/],
      ['/export/songs.csv?fields=songId&fields=title', 400, /^The URL: expected fields once/],
      ['/export/songs.csv?fields=%ff', 400, /^The URL: expected percent-encoded UTF-8/],
      [
        pathOf('songs.csv', { filter: { or: Array(30).fill({ title: { contains: 'a' } }) } }),
        400,
        /^The operation: expected at most 20 conditions that look for a part/,
      ],
      ['/export/series.csv', 400, /^kind: expected one of platform, .*, got none$/],
      ['/export/series.csv?kind=album&id=1', 400, /^kind: expected one of platform, .*, got "album"$/],
      ['/export/series.csv?kind=song', 400, /^id: expected the id of the song, got none$/],
      [
        '/export/series.csv?kind=song&id=nope',
        400,
        /^id: expected the id of a song that there is, got another$/,
      ],
      ['/export/series.csv?kind=artist&id=nope', 400, /^id: Address: expected 0x/],
      ['/export/series.csv?kind=platform&last=0', 400, /^last: expected a number from 1 to 1000, got 0$/],
      ['/export/series.csv?kind=platform&granularity=EON', 400, /^granularity: Value "EON" does not exist/],
      ['/export/series.csv?kind=platform&timeZone=CET', 400, /^timeZone: TimeZone: expected the IANA name/],
      ['/export/chart.csv?at=1990-01-01T00:00:00Z', 400, /^at: expected an instant in a week/],
      [
        '/export/chart.csv?genre=Nothing',
        400,
        /^genre: expected a genre that has a closed edition.*got "Nothing"/,
      ],
    ];

    it.each(refusals)('refuses %s before any of it is written', async (path, status, message) => {
      const answer = await gateway().fetch(path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-disposition')).toBeNull();
      const { errors } = (await answer.json()) as { errors: { message: string; extensions: Row }[] };
      expect(errors[0]?.message).toMatch(message);
      expect(errors[0]?.extensions).toMatchObject({
        code: path.includes('contains') ? 'COST_LIMIT_EXCEEDED' : 'BAD_USER_INPUT',
        requestId: answer.headers.get('x-request-id'),
      });
    });

    it('takes no other method', async () => {
      const answer = await gateway().fetch('/export/songs.csv', 'public', { method: 'POST' });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    });

    it('has the buckets of a series, to those who may see it', async () => {
      const range = { granularity: 'WEEK', last: 8, timeZone: 'America/St_Johns' };
      const fields = 'start end isPartial plays earnings listenedSeconds';
      const { data } = await gateway().ask(
        `query ($granularity: Granularity!, $last: Int!, $timeZone: TimeZone!, $bob: Address!) {
          song(id: "song-03") { series(granularity: $granularity, last: $last, timeZone: $timeZone) { buckets { ${fields} } } }
          listener(address: $bob) { series(granularity: $granularity, last: $last, timeZone: $timeZone) { buckets { ${fields} } } } }`,
        { ...range, bob },
        'operator',
      );
      const { song, listener } = data as Record<string, { series: { buckets: Row[] } }>;
      const read = async (parameters: Row, asker: Asker = 'public') =>
        linesOf(await (await gateway().fetch(pathOf('series.ndjson', parameters), asker)).text());
      const ofSong = { kind: 'song', id: 'song-03', ...range, last: '8' };
      expect(await read(ofSong)).toEqual(song?.series.buckets);
      const ofBob = { ...ofSong, kind: 'listener', id: bob };
      expect(await read(ofBob, bob)).toEqual(listener?.series.buckets);
      expect((await gateway().fetch(pathOf('series.csv', ofBob), alice)).status).toBe(403);
      expect((await gateway().fetch(pathOf('series.csv', ofBob))).status).toBe(401);
      expect(await read({ kind: 'platform' })).toHaveLength(30);
    });

    it('has the entries of a chart', async () => {
      const entry =
        'rank plays uniqueListeners earnings songId songTitle artistAddress artistName previousRank lastRank peakRank editionsOnChart streak status';
      const { data } = await gateway().ask(
        `{ chartEdition(genre: "Rock") { number periodStart periodEnd entries { ${entry} } } }`,
      );
      const { entries, ...edition } = data!.chartEdition as Row & { entries: Row[] };
      const file = await gateway().fetch(pathOf('chart.ndjson', { genre: 'Rock' }));
      expect(linesOf(await file.text())).toEqual(entries.map((each) => ({ ...edition, ...each })));
      expect(entries.length).toBeGreaterThan(0);
    });

    it('has the closed statements of all artists for an operator', async () => {
      const { data } = await gateway().ask(
        `{ artists(first: 100) { nodes { artistAddress statements(first: 100) {
          nodes { month closedAt backfilled plays earnings totalPlays totalEarnings } } } } }`,
        {},
        'operator',
      );
      const { nodes } = data!.artists as { nodes: { artistAddress: string; statements: { nodes: Row[] } }[] };
      const expected = nodes.flatMap(({ artistAddress, statements }) =>
        statements.nodes.map((each) => ({ artistAddress, ...each })),
      );
      expect(expected.length).toBeGreaterThan(0);
      const file = await gateway().fetch('/export/statements.ndjson', 'operator');
      const rows = linesOf(await file.text());
      expect(rows).toEqual(expect.arrayContaining(expected));
      expect(rows.length).toBe(expected.length);
      expect(rows.map(({ month }) => month)).toEqual(
        rows
          .map(({ month }) => month)
          .sort()
          .reverse(),
      );
    });
  },
  { LOG_LEVEL: 'debug' },
);

describeEachGateway(
  'A list with more rows than the public gets',
  (gateway) => {
    it('is cut off and says so, in a header and in its name; operators get all', async () => {
      const cut = await gateway().fetch('/export/songs.ndjson');
      expect(Object.fromEntries(cut.headers)).toMatchObject({
        'x-export-truncated': 'true',
        'x-export-rows': '7',
        'content-disposition': 'attachment; filename="songs-2026-03-01T12-00-00Z-first-7.ndjson"',
      });
      const rows = linesOf(await cut.text());
      const all = await gateway().fetch('/export/songs.ndjson', 'operator');
      expect(all.headers.get('x-export-truncated')).toBe('false');
      const allRows = linesOf(await all.text());
      expect(allRows).toHaveLength(24);
      expect(rows).toEqual(allRows.slice(0, 7));
      const filter = { songId: { in: allRows.slice(0, 7).map(({ songId }) => songId) } };
      const whole = await gateway().fetch(pathOf('songs.ndjson', { filter }));
      expect(whole.headers.get('x-export-truncated')).toBe('false');
      expect(linesOf(await whole.text())).toEqual(rows);
    });

    it('tells the public no names of the schema where it may not know them', async () => {
      const message = async (parameters: Row) =>
        ((await (await gateway().fetch(pathOf('songs.csv', parameters))).json()) as Row).errors;
      expect(JSON.stringify(await message({ filter: { playCoun: {} } }))).not.toContain('playCount');
      expect(JSON.stringify(await message({ fields: 'playCoun' }))).not.toContain('playCount');
    });
  },
  { LIMITS: 'export.rows:7', PUBLIC_INTROSPECTION: 'off' },
);

it('costs units for its rows, and is for operators alone where only trusted documents are answered', async () => {
  const gateway = await startGateway(await openFresh('fixture'), {
    TRUSTED_DOCUMENTS: 'only',
    RATE_LIMIT: 'on',
    LIMITS: 'operator.burst:250000,operator.rate:1',
  });
  try {
    for (const asker of ['public', bob] as const)
      expect((await gateway.fetch('/export/songs.csv', asker)).status).toBe(403);
    for (const status of [200, 200, 429]) {
      const answer = await gateway.fetch('/export/songs.csv', 'operator');
      expect(answer.status).toBe(status);
      expect(answer.headers.has('retry-after')).toBe(status === 429);
      await answer.text();
    }
  } finally {
    await gateway.close();
  }
});

async function codeIn(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { errors: { extensions: Row }[] }).errors[0]?.extensions.code;
}

/** The rows of a CSV file by its header; what is missing is null. */
function csvRows(text: string): Row[] {
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return parseCsv(text, {
    bom: true,
    columns: true,
    record_delimiter: '\r\n',
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  }) as Row[];
}

/** What GraphQL answers, as Parquet has it. */
function asParquet(row: Row, kinds: ReadonlyMap<string, SchemaElement>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      const { type, converted_type } = kinds.get(field) ?? {};
      if (value === null) return [field, null];
      if (converted_type === 'DECIMAL') return [field, withDecimals(String(value), field.startsWith('avg'))];
      if (converted_type === 'TIMESTAMP_MICROS')
        return [field, BigInt(Date.parse(`${value}`)) * 1000n + BigInt(`${value}`.slice(23, -1) || 0)];
      return [field, type === 'INT64' ? BigInt(value as number) : value];
    }),
  );
}

/** The digits of a decimal with 18 decimals. Averages may have more, which are rounded. */
function withDecimals(digits: string, isAverage: boolean): string {
  const [whole = '', fraction = ''] = digits.split('.');
  if (!isAverage) expect(fraction.length).toBeLessThanOrEqual(18);
  const finer = 10n ** BigInt(Math.max(0, fraction.length - 18));
  const all = BigInt(whole + fraction.padEnd(18, '0'));
  const rounded = String((all + finer / 2n) / finer).padStart(19, '0');
  return `${rounded.slice(0, -18)}.${rounded.slice(-18)}`;
}

/** What GraphQL answers, as cells: numbers in digits, and texts that are no formulas. */
function asCells(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      if (value === null) return [field, null];
      const isText = ['title', 'artistName', 'genre', 'songId', 'favoriteGenre'].includes(field);
      return [field, isText && /^[=+\-@\t\r\n]/.test(String(value)) ? `'${value}` : String(value)];
    }),
  );
}
