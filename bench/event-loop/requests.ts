import { getIntrospectionQuery } from 'graphql';

/** A request as it is mutated: by its parts, which need not make sense. */
export interface LoopRequest {
  /** What it is, or what it was made from. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string;
  readonly extensions?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Appended to the path of a GET as it is. */
  readonly suffix?: string;
}

/** The maximum length of a body and a URL that the public may send. */
const maxBodyLength = 131_000;
const maxUrlLength = 14_000;

/** A request as it goes over the wire, cut where it is too long to be read. */
export function wireOf({ method, headers = {}, suffix = '', name: _name, ...parameters }: LoopRequest) {
  if (method === 'POST')
    return {
      method,
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(parameters).slice(0, maxBodyLength),
    };
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters))
    if (value !== undefined) search.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  return {
    method,
    path: `/graphql?${search}${suffix}`.slice(0, maxUrlLength),
    headers: { 'apollo-require-preflight': '1', ...headers },
    body: undefined,
  };
}

const times = (count: number, text: string) => text.repeat(count);
const many = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n));
const post = (name: string, query: string, variables?: unknown): LoopRequest => ({
  name,
  method: 'POST',
  query,
  variables,
});
const get = (name: string, headers: Record<string, string>, suffix?: string): LoopRequest => ({
  name,
  method: 'GET',
  query: '{ platformStats { totalPlays } }',
  headers,
  suffix,
});

const filtered = 'query ($filter: SongFilter) { songs(filter: $filter, first: 1) { totalCount } }';
const ordered = 'query ($orderBy: [SongOrder!]) { songs(orderBy: $orderBy, first: 1) { totalCount } }';
const songFields = 'songId title artistAddress genre strategy playCount uniqueListeners totalEarnings';
const keys = (count: number) => Object.fromEntries(many(count, (n) => `key${n}`).map((key) => [key, 1]));

/** Every shape that is known to have taken long, at the limits that it is refused beyond, and just within them. */
export const knownShapes: readonly LoopRequest[] = [
  post('3,000 unknown fields in a filter', filtered, { filter: keys(3_000) }),
  post('500 unknown fields in a filter', filtered, { filter: keys(500) }),
  post('9,000 empty orders', ordered, { orderBy: Array(9_000).fill({}) }),
  post('499 empty orders', ordered, { orderBy: Array(499).fill({}) }),
  post('497 empty filters', filtered, { filter: { and: Array(497).fill({}) } }),
  post('2,400 numbers for texts', filtered, { filter: { genre: { in: Array(2_400).fill(1) } } }),
  post('2,400 numbers', filtered, { filter: { playCount: { in: Array(2_400).fill(1) } } }),
  post('65,000 numbers', filtered, { filter: { playCount: { in: Array(65_000).fill(1) } } }),
  post('120 kB of text for an order', ordered, { orderBy: times(120_000, 'x') }),
  post('120 kB of text to look for', filtered, { filter: { title: { contains: times(120_000, '%') } } }),
  post('variables that nobody declares', '{ __typename }', { x: Array(60_000).fill({}) }),
  post('500 variables', `query (${many(500, (n) => `$v${n}: Int`).join(' ')}) { __typename }`, keys(500)),
  post('30 times 25 times nodes', `{ ${times(30, `songs { ${times(25, 'nodes { title } ')} } `)} }`),
  post('30 times 10 times nodes', `{ ${times(30, `songs { ${times(10, 'nodes { title } ')} } `)} }`),
  post(
    'inline fragments in each other',
    `{ ${times(300, '...{')} ${times(30, '__typename ')} ${times(300, '}')} }`,
  ),
  post(
    'fields repeated within limits',
    `{ songs(first: 1) { ${times(6, `nodes { ${songFields} ${songFields} } `)} } }`,
  ),
  post(
    'inline fragments within limits',
    `{ ${times(10, '...{')} ${times(20, '__typename ')} ${times(10, '}')} }`,
  ),
  post(
    'as many tokens as may be',
    `{ ${many(40, (n) => `a${n}: songs(first: 1, filter: { genre: { eq: "x" } }) { nodes { ${songFields} playsLast7Days } }`).join(' ')} }`,
  ),
  post(
    'as much as may be read',
    `{ ${many(14, (n) => `a${n}: songs(first: 100) { nodes { ${songFields} } }`).join(' ')} }`,
  ),
  post(
    'rows with their artists',
    '{ songs(first: 100) { nodes { title artist { artistName topSongs(first: 2) { title artist { artistName } } } } } }',
  ),
  post('unknown fields', `{ ${many(400, (n) => `trendingSong${n}`).join(' ')} }`),
  post(
    'unknown fields of 40 letters',
    `{ ${many(300, (n) => `${times(40, 'trendi')}${n}`.slice(0, 44)).join(' ')} }`,
  ),
  post(
    'different arguments',
    `{ ${many(9, (n) => `songs(first: ${n}) { totalCount }`).join(' ')} }${times(900, '\n')}`,
  ),
  post(
    'fragments of each other',
    `{ ...F0 } ${many(39, (n) => `fragment F${n} on Query { ...F${n + 1} }`).join(' ')} fragment F39 on Query { ...F0 }`,
  ),
  post(
    'operations with fragments',
    `${many(20, (n) => `query Q${n} { ${many(38, (m) => `...F${m}`).join(' ')} }`).join(' ')} ${many(38, (m) => `fragment F${m} on Query { __typename }`).join(' ')}`,
  ),
  post('the whole schema', getIntrospectionQuery()),
  post(
    'the schema in depth',
    '{ __schema { types { name fields { name type { name fields { name description args { name } type { name } } } } } } }',
  ),
  post('a string of 30 kB', `{ genre(name: "${times(30_000, 'x')}") { genre } }`),
  post('a comment of 100 kB', `{ __typename } #${times(100_000, ' ')}`),
  post('a block of lines', `{ genre(name: """${times(900, '  x\n')}""") { genre } }`),
  { ...post('a long operation name', '{ __typename }'), operationName: times(120_000, 'x') },
  { ...post('extensions of objects', '{ __typename }'), extensions: { x: Array(40_000).fill({}) } },
  get('an If-None-Match of blanks', { 'if-none-match': `"x"${times(14_000, ' ')}x` }),
  get('an If-None-Match of tags', { 'if-none-match': times(2_800, '"x", ') }),
  get('an Accept of 3,700 entries', { accept: times(3_700, 'a/b,') }),
  get('an Accept of 240 entries', { accept: times(240, 'a/b,') }),
  get('an Accept-Encoding of 3,700 entries', { 'accept-encoding': times(3_700, 'a/b,') }),
  get('a Content-Type of blanks', { 'content-type': `application/json${times(14_000, ' ')};` }),
  get('an X-Forwarded-For of commas', { 'x-forwarded-for': times(14_000, ',') }),
  get('an Authorization of blanks', { authorization: `bearer${times(14_000, ' ')}` }),
  get('a cookie of semicolons', { cookie: times(7_000, '; ') }),
  get('a URL of parameters', {}, times(6_000, '&a')),
  get('a URL of escapes', {}, `&x=${times(4_000, '%e4')}`),
];

/** What is asked every day; the search begins with it, too. */
export const ordinaryRequests: readonly LoopRequest[] = [
  post(
    'a page',
    `{ songs(first: 20, orderBy: [{ field: PLAY_COUNT, direction: DESC }]) { totalCount nodes { ${songFields} artist { artistName } } pageInfo { endCursor } } }`,
  ),
  post('a filter', filtered, {
    filter: { or: [{ genre: { eq: 'Genre 1' } }, { not: { playCount: { gt: 5 } } }] },
  }),
  post(
    'a list',
    'query ($n: Int = 5) { trendingSongs(first: $n) { ...T } } fragment T on Song { title genre }',
    { n: 3 },
  ),
  get('a poll', {}),
];
