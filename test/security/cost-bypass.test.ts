import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordStatements } from '../support/fixture.js';
import { codeOf, get, type Said, send, withGateway } from './gateway.js';

const gateway = withGateway();

/** Asks, and sees that the database does not hear of it. */
async function refused(ask: () => Promise<Said>): Promise<void> {
  let answer: Said | undefined;
  const statements = await recordStatements(gateway().reading, async () => {
    answer = await ask();
  });
  expect(codeOf(answer as Said)).toBe('COST_LIMIT_EXCEEDED');
  expect(answer?.status).toBe(400);
  expect(answer?.body.data).toBeUndefined();
  expect(statements.filter((text) => /mv_/.test(text) && !/metrics\./.test(text))).toEqual([]);
}

const fields =
  'songId title genre strategy playCount uniqueListeners totalEarnings avgPlayDuration trendingScore firstPlayed';

const nested = (sizes: string) =>
  `artists(first: ${sizes}) { nodes { songs(first: ${sizes}) { nodes { title artist { topSongs(first: ${sizes}) { title } } } } } }`;

describe('What costs too much is refused, however it is written:', () => {
  it.each<[string, object]>([
    ['as values in the document', { query: `{ ${nested('100')} }` }],
    ['as a variable', { query: `query ($n: Int!) { ${nested('$n')} }`, variables: { n: 100 } }],
    ['as the default of a variable', { query: `query ($n: Int! = 100) { ${nested('$n')} }` }],
    [
      'as a variable over a small default',
      { query: `query ($n: Int! = 1) { ${nested('$n')} }`, variables: { n: 100 } },
    ],
    [
      'as nothing at all, so that the defaults hold',
      {
        query:
          '{ artists { nodes { songs { nodes { artist { songs { nodes { artist { topSongs { title } } } } } } } } } }',
      },
    ],
    [
      'from the end',
      {
        query: `{ ${nested('100').replaceAll('first', 'last').replace('topSongs(last', 'topSongs(first')} }`,
      },
    ],
    [
      'through edges',
      {
        query:
          '{ artists(first: 100) { edges { node { songs(first: 100) { edges { cursor node { title genre } } } } } } }',
      },
    ],
    [
      'in fragments',
      {
        query: `{ ...A } fragment A on Query { artists(first: 100) { ...B } } fragment B on ArtistConnection { nodes { ...C } } fragment C on Artist { songs(first: 100) { nodes { artist { topSongs(first: 100) { title } } } } }`,
      },
    ],
    ['in fragments without names', { query: `{ ... on Query { ... { ${nested('100')} } } }` }],
    [
      'under many aliases',
      {
        query: `{ ${Array.from({ length: 39 }, (_, n) => `a${n}: trendingSongs(first: 100) { ${fields} }`).join(' ')} }`,
      },
    ],
    [
      'with aliases in lists',
      {
        query: `{ artists(first: 100) { nodes { ${Array.from({ length: 20 }, (_, n) => `s${n}: topSongs(first: 20) { title }`).join(' ')} } } }`,
      },
    ],
    [
      'by counting in lists',
      {
        query:
          '{ artists(first: 100) { nodes { a: songs(first: 0) { totalCount } b: songs(first: 0, filter: { genre: { eq: "Rock" } }) { totalCount } } } }',
      },
    ],
    [
      'behind a directive that lets it in',
      {
        query: `query ($yes: Boolean!) { ... @include(if: $yes) { ${nested('100')} } }`,
        variables: { yes: true },
      },
    ],
    ['with sizes beyond all bounds', { query: '{ songs(first: 2147483647) { nodes { title } } }' }],
    [
      'in one of several operations',
      { query: `query Small { genres { genre } } query Large { ${nested('100')} }`, operationName: 'Large' },
    ],
    [
      'in lists without a size of their own',
      {
        query: `{ genres { ${Array.from({ length: 10 }, (_, n) => `g${n}: topSongs(first: 100) { ${fields} }`).join(' ')} } }`,
      },
    ],
  ])('%s', async (_how, parameters) => {
    await refused(() => send(gateway().url, parameters));
    await refused(() => send(gateway().url, { ...parameters, extensions: { cost: true, freshness: true } }));
  });

  it('by GET', async () => {
    await refused(() =>
      get(gateway().url, { query: `query ($n: Int!) { ${nested('$n')} }`, variables: '{"n":100}' }),
    );
  });

  it('with larger variables, when the document has been answered before', async () => {
    const query = `query Cached($n: Int! = 2) { ${nested('$n')} }`;
    for (let n = 0; n < 4; n++) {
      const small = await send(gateway().url, { query, variables: { n: 2 } });
      expect(small.body.errors).toBeUndefined();
      await refused(() => send(gateway().url, { query, variables: { n: 100 } }));
    }
  });

  it('the same for documents that are nobody else’s, which another cache holds', async () => {
    const query = `query Own($n: Int!) { viewFreshness { ageSeconds } ${nested('$n')} }`;
    for (let n = 0; n < 3; n++) {
      expect((await send(gateway().url, { query, variables: { n: 1 } })).body.errors).toBeUndefined();
      await refused(() => send(gateway().url, { query, variables: { n: 100 } }));
    }
  });

  it('by the hash of a persisted query, with a text that was harmless at first', async () => {
    const query = `query Persisted($n: Int! = 1) { ${nested('$n')} }`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await send(gateway().url, { query, extensions })).body.errors).toBeUndefined();
    expect((await send(gateway().url, { extensions })).body.errors).toBeUndefined();
    await refused(() => send(gateway().url, { extensions, variables: { n: 100 } }));
  });

  it('by the hash of a persisted query that should never have been kept', async () => {
    const aliases = Array.from({ length: 101 }, (_, n) => `a${n}: __typename`);
    const query = `{ ${aliases.join(' ')} }`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    for (const parameters of [{ query, extensions }, { extensions }, { extensions }, { query, extensions }])
      expect(['COST_LIMIT_EXCEEDED', 'PERSISTED_QUERY_NOT_FOUND']).toContain(
        codeOf(await send(gateway().url, parameters)),
      );
  });

  it('by somebody who signed in', async () => {
    const answer = await gateway().ask(`{ ${nested('100')} }`, {}, '0xa11ce');
    expect(answer.errors[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  });
});

describe('What costs little is answered, though it looks like much:', () => {
  it.each([
    [
      'a large list that a directive leaves out',
      `query ($no: Boolean = false) { genres { genre } ... @include(if: $no) { ${nested('100')} } }`,
    ],
    [
      'an expensive operation that is not asked for',
      `query Q { genres { genre } } query Large { ${nested('100')} }`,
    ],
    ['lists of nothing', '{ artists(first: 0) { nodes { songs(first: 100) { nodes { title } } } } }'],
  ])('%s', async (_what, query) => {
    const answer = await send(gateway().url, {
      query,
      operationName: query.includes('query Q') ? 'Q' : undefined,
    });
    expect(answer.body.errors).toBeUndefined();
  });
});
