import { describe, expect, it } from 'vitest';
import { codeOf, get, operatorCredentials, type Said, send, withGateway } from './gateway.js';

const gateway = withGateway();
const times = (count: number, text: string) => text.repeat(count);
const filtered = 'query ($filter: SongFilter) { songs(filter: $filter, first: 1) { totalCount } }';
const ordered = 'query ($orderBy: [SongOrder!]) { songs(orderBy: $orderBy, first: 1) { totalCount } }';
const named = 'query ($name: String!) { genre(name: $name) { totalPlays } }';
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 1]));

/** One refusal, which says little however much was sent. */
function expectShort(said: Said, code = 'BAD_USER_INPUT'): void {
  expect([codeOf(said), said.status]).toEqual([code, 400]);
  expect(said.body.errors).toHaveLength(1);
  expect(said.text.length).toBeLessThan(1_500);
}

describe('A small request that would take long to compare with the schema is refused in one short error:', () => {
  it.each<[string, string, object]>([
    ['a filter with 3,000 unknown fields', filtered, { filter: keys(3_000) }],
    ['a filter with 400 unknown fields', filtered, { filter: keys(400) }],
    ['9,000 empty objects as orders', ordered, { orderBy: Array(9_000).fill({}) }],
    ['900 empty objects as orders', ordered, { orderBy: Array(900).fill({}) }],
    ['4,000 numbers where texts are expected', filtered, { filter: { genre: { in: Array(4_000).fill(1) } } }],
    ['120 kB where a direction is expected', ordered, { orderBy: [{ field: times(120_000, 'x') }] }],
    ['an object of 120 kB where a text is expected', named, { name: { value: times(120_000, 'x') } }],
    ['a name of a field with 100 kB', filtered, { filter: { [times(8_000, ' Did you mean ')]: 1 } }],
  ])('%s', async (_what, query, variables) => {
    expectShort(await send(gateway().url, { query, variables }));
  });

  it.each([
    [
      '30 times a list with 10 times its rows',
      `{ ${times(30, `songs { ${times(10, 'nodes { title } ')} } `)} }`,
    ],
    [
      'inline fragments within each other',
      `{ ${times(300, '... { ')} ${times(30, '__typename ')} ${times(300, '} ')} }`,
    ],
    ['fields of many kinds under one name', `{ ${times(20, 'a: __typename a: genres { genre } ')} }`],
    ['fragments that are compared with each other', `{ ${times(30, 'songs { ...A ...B ...C } ')} }`],
    ['many operations', `{ __typename } ${times(30, 'query A { __typename } ')}`],
    ['a long alias', `{ ${times(50_000, 'x').slice(0, 20_000)}: __typename }`],
    ['a long document', `{ __typename }${times(40_000, ' ')}`],
    ['a document of many lines', `{ __typename }${times(2_000, '\n')}`],
  ])('%s', async (_what, query) => {
    expectShort(await send(gateway().url, { query }), 'COST_LIMIT_EXCEEDED');
  });

  it('the description of the schema, many times over', async () => {
    const types = 'types { name fields { name type { name fields { name type { name } } } } }';
    const query = `{ __schema { ${Array.from({ length: 20 }, (_, at) => `t${at}: ${types}`).join(' ')} } }`;
    const said = await send(gateway().url, { query });
    expect([codeOf(said), said.status]).toEqual(['COST_LIMIT_EXCEEDED', 400]);
  });
});

describe('A text to look for', () => {
  const search = (count: number) => ({
    query: filtered,
    variables: { filter: { title: { contains: times(count, '%') } } },
  });

  it('may have at most 5,000 characters', async () => {
    const longest = await send(gateway().url, search(5_000), operatorCredentials);
    expect(longest.body.data).toEqual({ songs: { totalCount: 0 } });
    const longer = await send(gateway().url, search(5_001), operatorCredentials);
    expect(longer.body.errors?.[0]?.message).toBe(
      'filter.title.contains: expected at most 5000 characters, got 5001',
    );
  });

  it('costs the public more the longer it is', async () => {
    expect((await send(gateway().url, search(200))).body.data).toEqual({ songs: { totalCount: 0 } });
    expect(codeOf(await send(gateway().url, search(120_000)))).toBe('COST_LIMIT_EXCEEDED');
  });
});

describe('Headers that take long to read', () => {
  const query = { query: '{ platformStats { totalPlays } }' };

  it('name no answer when an If-None-Match is mostly blanks', async () => {
    const said = await get(gateway().url, query, {
      'content-type': 'application/json',
      'if-none-match': `"x"${times(15_000, ' ')}x`,
    });
    expect(said.status).toBe(200);
  });

  it.each(['accept', 'accept-encoding', 'content-type'])('are refused: a long %s', async (name) => {
    const headers = { 'content-type': 'application/json', [name]: times(3_700, 'a/b,') };
    const said = await get(gateway().url, query, headers);
    expect([said.status, codeOf(said)]).toEqual([431, 'BAD_USER_INPUT']);
    expect(said.body.errors?.[0]?.message).toBe(
      `The header ${name}: expected at most 1000 characters, got 14800.`,
    );
  });
});

describe('An error', () => {
  it('shows at most 500 characters of its message, and says how many there were', async () => {
    const said = await send(gateway().url, { query: named, variables: { name: [times(120_000, 'x')] } });
    expectShort(said);
    expect(said.body.errors?.[0]?.message).toMatch(
      /^Variable "\$name" got invalid value .*… \(239\d{3} more characters\)$/,
    );
  });

  it.each<[string, object]>([
    ['a document that is none', { query: `{ "${times(20_000, 'x')}" }` }],
    ['a field that is not there', { query: `{ ${times(20_000, 'x')} }` }],
    ['a value of another type', { query: `{ genre(name: [["${times(20_000, 'x')}"]]) { genre } }` }],
    ['an operation that is not there', { query: '{ __typename }', operationName: times(100_000, 'x') }],
    ['a cursor that is none', { query: `{ songs(after: "${times(20_000, 'x')}") { totalCount } }` }],
    [
      'a hash that is none',
      { extensions: { persistedQuery: { version: 1, sha256Hash: times(90_000, 'x') } } },
    ],
  ])('repeats little of %s', async (_what, parameters) => {
    for (const headers of [{}, operatorCredentials]) {
      const said = await send(gateway().url, parameters, headers);
      expect(said.body.errors?.length).toBeGreaterThan(0);
      expect(said.text.length).toBeLessThan(2_000);
    }
  });
});
