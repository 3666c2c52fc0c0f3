import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../src/analytics/paging/cursor.js';
import { totalOrdering } from '../../src/analytics/paging/ordering.js';
import { songAnalytics } from '../../src/catalogue/index.js';
import { createSchema } from '../../src/schema/schema.js';
import { operatorCredentials, send, withGateway } from './gateway.js';
import { listStringArguments, type Place } from './string-arguments.js';

/** Texts that mean something to PostgreSQL, to LIKE, to JSON, to a shell, or to whoever puts texts together. */
const injections: readonly string[] = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  "' or '1'='1",
  "' or 1=1 --",
  "'; drop table plays; --",
  "'; delete from songs; --",
  "x'); truncate artists cascade; --",
  "' union select rolname, rolpassword from pg_authid --",
  '1; select pg_sleep(10)',
  "'||pg_sleep(10)--",
  '$$; drop view mv_song_analytics; $$',
  '$1',
  '%',
  '_',
  '%_\\',
  "%' escape '",
  '0x1 or 1=1',
  "0xa11ce' --",
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2028',
  '/* comment */ select 1',
  '{"eq":"x"}',
  '{ __schema { types { name } } }',
  'x'.repeat(10_000),
  'eyJvIjpbWyJwbGF5Q291bnQiLCJERVNDIl1dfQ',
  Buffer.from(`["' or 1=1 --"]`).toString('base64url'),
  'NaN',
  'infinity',
];

const gateway = withGateway();
let places: readonly Place[];
let before: unknown;
beforeAll(async () => {
  places = listStringArguments(await createSchema());
  before = await checksums();
});

/** What the database holds, relation by relation, and which relations there are. */
async function checksums(): Promise<unknown> {
  const { database } = gateway();
  const relations = [
    'artists',
    'songs',
    'plays',
    'mv_artist_analytics',
    'mv_song_analytics',
    'mv_platform_stats',
    'mv_top_songs_week',
    'mv_listener_activity',
    'mv_genre_stats',
  ];
  const sums: Record<string, unknown> = {};
  for (const relation of relations) {
    const { rows } = await database.query(
      `select md5(string_agg(r::text, '|' order by r::text)) as sum, count(*) as count from ${relation} r`,
    );
    sums[relation] = rows[0];
  }
  const { rows } = await database.query(
    "select string_agg(relname || relkind::text, ',' order by relname) as all from pg_class where relnamespace in ('public'::regnamespace, 'analytics'::regnamespace)",
  );
  return { sums, relations: rows };
}

describe('Every text from outside', () => {
  const refusals = new Set(['BAD_USER_INPUT', 'COST_LIMIT_EXCEEDED']);

  it(`is a value and nothing else, in each argument and with each of ${injections.length} texts`, async () => {
    expect(places.length).toBeGreaterThan(150);
    const faults: string[] = [];
    const counts = { answered: 0, refused: 0 };
    const queue = places.flatMap((place) =>
      // Numbers and times are read before they come anywhere; a few will do.
      injections.slice(0, place.isText ? injections.length : 4).map((value) => ({ place, value })),
    );
    const worker = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const { place, value } = next;
        const { status, body, text } = await send(
          gateway().url,
          { query: place.query, variables: { value } },
          operatorCredentials,
        );
        const codes = (body.errors ?? []).map(({ extensions }) => String(extensions.code));
        if (codes.length === 0) counts.answered += 1;
        else counts.refused += 1;
        const isFine = (status === 200 || status === 400) && codes.every((code) => refusals.has(code));
        const told =
          /syntax error at|relation "|column "|operator does not exist|pg_catalog|mv_\w+|node_modules/.exec(
            text,
          )?.[0];
        const tells = told !== undefined && !value.includes(told);
        if (!isFine || tells)
          faults.push(
            `${place.name} with ${JSON.stringify(value.slice(0, 40))}: ${status} ${text.slice(0, 300)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(faults.slice(0, 10)).toEqual([]);
    expect(counts.answered).toBeGreaterThan(1_000);
    expect(counts.refused).toBeGreaterThan(1_000);
  });

  it('is a value in cursors, too, that somebody has made up with the right check sum', async () => {
    const orderBy = [{ field: 'TITLE', direction: 'ASC' }];
    const ordering = totalOrdering(songAnalytics, [{ field: 'title', direction: 'asc' }]);
    const query =
      'query ($after: String, $orderBy: [SongOrder!]) { songs(first: 3, after: $after, orderBy: $orderBy) { totalCount nodes { songId } } }';
    let answered = 0;
    for (const title of injections) {
      const after = encodeCursor(songAnalytics, ordering, { title, songId: title });
      const { status, body, text } = await send(gateway().url, { query, variables: { after, orderBy } });
      expect([200, 400], text).toContain(status);
      for (const error of body.errors ?? []) expect(error.extensions.code).toBe('BAD_USER_INPUT');
      if (!body.errors) answered += 1;
    }
    expect(answered).toBeGreaterThan(25);
  });

  it('is found again where it was stored: what looks like a pattern is compared as it is', async () => {
    const find = async (filter: object) =>
      (
        await send(gateway().url, {
          query: 'query ($filter: SongFilter) { songs(filter: $filter) { totalCount } }',
          variables: { filter },
        })
      ).body.data;
    expect(await find({ title: { contains: '50% off_\\ "now"' } })).toEqual({ songs: { totalCount: 1 } });
    expect(await find({ title: { contains: '%off' } })).toEqual({ songs: { totalCount: 0 } });
    expect(await find({ title: { startsWith: "' or 1=1 --" } })).toEqual({ songs: { totalCount: 0 } });
  });

  it('leaves no trace in the database', async () => {
    expect(await checksums()).toEqual(before);
  });

  afterAll(() => {
    expect(gateway().lines.filter((line) => /unexpected error/.test(line))).toEqual([]);
  });
});
