import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArtistsDocument,
  ListenersDocument,
  type SongOrder,
  SongsDocument,
  type SongsQuery,
  type SongsQueryVariables,
} from '../../src/client/operations.js';
import { describeEachGateway } from '../support/gateway.js';
import { type List, listKeysInOrder, listOrderings, walkBackwards, walkForwards } from './walk.js';

const songs: List<SongsQuery> = {
  document: SongsDocument,
  view: 'mv_song_analytics',
  key: 'songId',
  orderFields: 'SongOrderField',
  connectionOf: (data) => data.songs,
};
/** A page between the rows at two places of the list, counted from 1. */
interface Window {
  readonly first?: number;
  readonly last?: number;
  readonly after?: number;
  readonly before?: number;
}

const byGenre: SongOrder[] = [{ field: 'GENRE', direction: 'DESC' }];

describeEachGateway('A page', (gateway, name) => {
  it('follows orderings of up to five steps, the key among them or not, in both directions (G-QUERY-03)', async () => {
    const steps = await listOrderings(gateway(), songs);
    const orderings = fc.array(fc.constantFrom(...steps), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(orderings, fc.integer({ min: 3, max: 12 }), async (orderBy, size) => {
        // A field that comes again cannot order what it has ordered before; the database is asked without it.
        const expected = await listKeysInOrder(gateway(), songs, orderBy);
        expect(await walkForwards(gateway(), songs, orderBy, size)).toEqual(expected);
        expect(await walkBackwards(gateway(), songs, orderBy, size)).toEqual(expected);
      }),
      { numRuns: name === 'PGlite' ? 25 : 8 },
    );
  });

  it('between two cursors holds the rows between them', async () => {
    const all = await listKeysInOrder(gateway(), songs, [{ field: 'GENRE', direction: 'DESC' }]);
    const head = (await read({ orderBy: byGenre, first: 5 })).pageInfo.endCursor;
    const tail = (await read({ orderBy: byGenre, last: 5 })).pageInfo.startCursor;
    const between = all.slice(5, -5);
    const bounds = { orderBy: byGenre, after: head, before: tail };
    expect(keys(await read({ ...bounds, first: 100 }))).toEqual(between);
    expect(keys(await read({ ...bounds, last: 100 }))).toEqual(between);
    expect(keys(await read({ ...bounds, first: 2 }))).toEqual(between.slice(0, 2));
    expect(keys(await read({ ...bounds, last: 2 }))).toEqual(between.slice(-2));
  });

  const read = async (variables: SongsQueryVariables) =>
    (await gateway().read(SongsDocument, variables)).songs;
  const keys = (page: SongsQuery['songs']) => page.nodes.map((node) => node.songId);

  // What follows is decided before the database is asked, so it is the same over each.
  if (name !== 'PGlite') return;

  it('holds 20 rows by default, none for a size of 0, and at most 100', async () => {
    expect((await read({})).nodes).toHaveLength(20);
    const none = await read({ first: 0 });
    expect(none).toMatchObject({
      nodes: [],
      totalCount: 24,
      pageInfo: { hasNextPage: true, startCursor: null, endCursor: null },
    });
    expect((await read({ first: 100 })).nodes).toHaveLength(24);
  });

  // Relay's specification compares only the end that a page grows to with its size. Beyond the other end lies at least
  // the row of the cursor, if one is given there.
  it.each<[window: Window, hasPreviousPage: boolean, hasNextPage: boolean]>([
    [{ first: 5 }, false, true],
    [{ first: 24 }, false, false],
    [{ first: 5, after: 3 }, true, true],
    [{ first: 100, after: 3 }, true, false],
    [{ first: 0, after: 3 }, true, true],
    [{ first: 5, after: 24 }, true, false],
    [{ after: 3 }, true, true],
    [{ after: 4 }, true, false],
    [{ last: 5 }, true, false],
    [{ last: 24 }, false, false],
    [{ last: 5, before: 22 }, true, true],
    [{ last: 100, before: 22 }, false, true],
    [{ last: 0, before: 22 }, true, true],
    [{ last: 5, before: 1 }, false, true],
    [{ before: 22 }, true, true],
    [{ before: 21 }, false, true],
    [{ first: 2, after: 3, before: 8 }, true, true],
    [{ first: 4, after: 3, before: 8 }, true, false],
    [{ first: 100, before: 8 }, false, false],
    [{ last: 2, after: 3, before: 8 }, true, true],
    [{ last: 4, after: 3, before: 8 }, false, true],
    [{ last: 100, after: 3 }, false, false],
  ])('says whether rows lie before and after it: %o', async ({ after, before, ...size }, ...expected) => {
    const cursorOf = async (place: number | undefined) =>
      place === undefined ? null : (await read({ orderBy: byGenre, first: place })).pageInfo.endCursor;
    const { pageInfo } = await read({
      orderBy: byGenre,
      ...size,
      after: await cursorOf(after),
      before: await cursorOf(before),
    });
    expect([pageInfo.hasPreviousPage, pageInfo.hasNextPage]).toEqual(expected);
  });

  it.each<[SongsQueryVariables, string]>([
    [{ first: -1 }, 'first: expected a number from 0 to 100, got -1'],
    [{ last: -1 }, 'last: expected a number from 0 to 100, got -1'],
    [{ first: 101 }, 'first: expected a number from 0 to 100, got 101'],
    [{ last: 102 }, 'last: expected a number from 0 to 100, got 102'],
    [{ first: 1, last: 1 }, 'first, last: expected one of the two, got first: 1 and last: 1'],
    [
      { orderBy: Array(6).fill({ field: 'TITLE', direction: 'ASC' }) },
      'orderBy: expected at most 5 steps, got 6',
    ],
  ])('is refused for %o', async (variables, message) => {
    const { errors, data } = await gateway().ask(SongsDocument, variables);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('that is far too long is refused for its cost, before anything is read', async () => {
    const { errors, data } = await gateway().ask(SongsDocument, { last: 2_147_483_647 });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'COST_LIMIT_EXCEEDED' } }]);
  });

  it.each([
    '{ trendingSongs(first: -1) { title } }',
    '{ popularSongs(first: 101) { title } }',
    '{ searchSongs(query: "moss", first: 101) { title } }',
    '{ topSongsThisWeek(first: -1) { title } }',
    '{ artist(address: "0xa2") { topSongs(first: 101) { title } } }',
    '{ genre(name: "Rock") { topSongs(first: -1) { title } } }',
    '{ searchSongs(query: "") { title } }',
    '{ searchSongs(query: "  ") { title } }',
    `{ searchSongs(query: "${'a'.repeat(101)}") { title } }`,
  ])('or a short list has the same bounds: %s', async (document) => {
    const { errors } = await gateway().ask(document);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toMatch(/^(first|query): expected .*, got /);
  });

  describe('begins at a cursor, and refuses one', () => {
    const refused = async (after: string, variables: SongsQueryVariables = { orderBy: byGenre }) => {
      for (const where of [{ after }, { before: after }]) {
        const { errors, text } = await gateway().ask(SongsDocument, { ...variables, ...where });
        expect(errors, after).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
        expect(errors[0]?.message).toMatch(/^(after|before): expected a cursor/);
        expect(text).not.toContain('mv_');
      }
    };
    const cursor = async () => (await read({ orderBy: byGenre, first: 3 })).pageInfo.endCursor!;

    it('with any one bit of it changed', async () => {
      const good = await cursor();
      const bytes = Buffer.from(good, 'base64url');
      const damaged = Array.from({ length: bytes.length * 8 }, (_, bit) => {
        const copy = Buffer.from(bytes);
        copy[bit >> 3]! ^= 1 << (bit & 7);
        return copy.toString('base64url');
      });
      for (let from = 0; from < damaged.length; from += 50)
        await Promise.all(damaged.slice(from, from + 50).map((each) => refused(each)));
    });

    it('with any one character of it changed, left out or added', async () => {
      const good = await cursor();
      const damaged = [...good].flatMap((sign, at) => [
        good.slice(0, at) + good.slice(at + 1),
        good.slice(0, at) + (sign === 'A' ? 'B' : 'A') + good.slice(at + 1),
      ]);
      for (const each of [...damaged, `${good}A`, `${good}=`, ` ${good}`, `${good}\n`, good.toUpperCase()])
        await refused(each);
    });

    it('of another list', async () => {
      const { artists } = await gateway().read(ArtistsDocument, { first: 1 });
      const { listeners } = await gateway().read(ListenersDocument, { first: 1 }, 'operator');
      await refused(artists.pageInfo.endCursor!, {});
      await refused(listeners.pageInfo.endCursor!, {});
    });

    it('of another ordering', async () => {
      const good = await cursor();
      await refused(good, {});
      await refused(good, { orderBy: [{ field: 'GENRE', direction: 'ASC' }] });
      await refused(good, { orderBy: [...byGenre, { field: 'TITLE', direction: 'ASC' }] });
    });

    it('that is not a cursor, however long', async () => {
      const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const garbage = ['', ' ', 'x', '0', 'null', '[]', '💥', '\0', "' or true --", 'A'.repeat(100_000)];
      const forged = [
        [],
        {},
        'text',
        null,
        ['mv_song_analytics', 'genre:desc,songId:asc'],
        ['mv_song_analytics', 'genre:desc,songId:asc', 'Rock', 'song-01'],
        ['mv_song_analytics', 'genre:desc,songId:asc', { toString: 1 }, 'song-01'],
      ];
      for (const each of [...garbage, ...forged.map(made)]) await refused(each);
    });
  });
});
