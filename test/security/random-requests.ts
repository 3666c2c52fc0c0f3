/** Numbers that look random and are the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A request as it goes over the wire. */
export type Wire = Buffer;

const documents = [
  '{ platformStats { totalPlays totalVolume } }',
  'query T($first: Int! = 5, $genre: String) { trendingSongs(first: $first, genre: $genre) { title artist { artistName } } }',
  'query S($filter: SongFilter, $after: String) { songs(first: 3, filter: $filter, after: $after) { totalCount edges { cursor node { songId } } pageInfo { endCursor } } }',
  'query A($address: Address!) { artist(address: $address) { artistName songs(first: 2) { nodes { title } } } }',
  '{ viewFreshness { view ageSeconds } }',
  'query L { listener(address: "0xa11ce") { totalPlays } }',
  '{ ...F } fragment F on Query { genres { genre topSongs(first: 2) { title } } }',
  'mutation { clearQueryMetrics }',
  '{ __schema { queryType { fields { name args { name } } } } }',
  'query P($q: String!) { searchSongs(query: $q) { title } }',
];
const variables: readonly unknown[] = [
  {},
  { first: 3, genre: 'Rock' },
  { filter: { title: { contains: 'moss' }, playCount: { gte: 3 }, not: { genre: { isNull: true } } } },
  { address: '0xa11ce' },
  { q: 'moss' },
  { after: 'eyJ0IjpbIm12X3NvbmdfYW5hbHl0aWNzIl19' },
];
const strange: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -1e308,
  2 ** 53,
  1.5,
  '',
  'x',
  '0x',
  '0xa11ce',
  '\u0000',
  '\ud800',
  '💥'.repeat(50),
  [],
  [[]],
  {},
  { a: 1 },
  'x'.repeat(5_000),
  '9'.repeat(400),
  '-0',
  'NaN',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59.999999Z',
  '0001-01-01T00:00:00Z',
];
const headers: readonly string[] = [
  'accept: text/html',
  'accept: application/graphql-response+json',
  'accept: */*;q=0',
  'accept: ,,,',
  'accept-encoding: br, gzip',
  'accept-encoding: ;;;',
  'if-none-match: *',
  'if-none-match: "x", W/"y"',
  'if-none-match: """',
  'content-encoding: gzip',
  'content-encoding: identity',
  'authorization: Bearer x',
  'authorization: Bearer the-secret-of-an-operator-in-the-tests',
  'authorization: Bearer the-secret-of-an-operator-in-the-tests',
  'authorization: Basic eDp5',
  'authorization: ',
  'apollo-require-preflight: 1',
  'x-apollo-operation-name: T',
  'x-request-id: a b c',
  'x-request-id: ../../x',
  'x-forwarded-for: 1.2.3.4, x',
  'origin: https://elsewhere.example',
  'expect: 100-continue',
  'cookie: a=b',
  'connection: close',
  'connection: keep-alive, x',
  'range: bytes=0-1',
  'upgrade: websocket',
  'te: trailers',
  `x-long: ${'y'.repeat(3_000)}`,
  'transfer-encoding: chunked',
  'content-type: text/plain',
  'content-type: application/json; charset=utf-16',
  'content-type: application/JSON',
  'content-length: 5',
  'host: ',
  'host: a b',
];

/** Makes requests that are almost right, each one different. */
export function createRequests(random: () => number): () => Wire {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  const chance = (share: number) => random() < share;

  const mutatedText = (text: string): string => {
    let result = text;
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
      const at = Math.floor(random() * (result.length + 1));
      const length = Math.floor(random() * 12);
      switch (Math.floor(random() * 6)) {
        case 0:
          result = result.slice(0, at) + result.slice(at + length);
          break;
        case 1:
          result =
            result.slice(0, at) +
            pick([
              '{',
              '}',
              '(',
              ')',
              '$',
              '"',
              '"""',
              '@',
              '...',
              '\\',
              '#',
              '\u0000',
              '🎵',
              '[',
              ':',
              '!',
              '-',
              '1e9',
            ]) +
            result.slice(at);
          break;
        case 2:
          result =
            result.slice(0, at) +
            result.slice(at, at + length).repeat(1 + Math.floor(random() * 20)) +
            result.slice(at);
          break;
        case 3:
          result += ` ${pick(documents)}`;
          break;
        case 4:
          result = result.replace(/\d+/, () =>
            pick(['-1', '0', '101', '2147483647', '99999999999', '1.5', 'null', '"x"', '$x']),
          );
          break;
        default: {
          const words = result.split(/\b/);
          const [one, other] = [Math.floor(random() * words.length), Math.floor(random() * words.length)];
          [words[one], words[other]] = [words[other] ?? '', words[one] ?? ''];
          result = words.join('');
        }
      }
    }
    return result;
  };

  /** The same value with something strange somewhere in it. */
  const mutatedValue = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || chance(0.2)) return pick(strange);
    const entries = Object.entries(value);
    if (entries.length === 0)
      return { [pick(['first', 'filter', 'address', 'q', '__proto__', 'x'])]: pick(strange) };
    const chosen = Math.floor(random() * entries.length);
    return Object.fromEntries(
      entries.map(([name, inner], index) => [name, index === chosen ? mutatedValue(inner) : inner]),
    );
  };

  const parameters = (): Record<string, unknown> => {
    const given: Record<string, unknown> = { query: pick(documents), variables: pick(variables) };
    if (chance(0.5)) given.query = mutatedText(given.query as string);
    if (chance(0.4)) given.variables = mutatedValue(given.variables);
    if (chance(0.1)) given.operationName = pick([...strange, 'T', 'S']);
    if (chance(0.2))
      given.extensions = pick<unknown>([
        { freshness: true },
        { cost: true },
        { persistedQuery: { version: 1, sha256Hash: 'x' } },
        { persistedQuery: pick(strange) },
        ...strange,
      ]);
    if (chance(0.05)) given[pick(['query', 'variables', 'extensions'])] = pick(strange);
    return given;
  };

  const nested = () => {
    const levels = Math.floor(random() * 3_000);
    return chance(0.5)
      ? `{"query":"{ songs(filter: ${'{not:'.repeat(levels)}{}${'}'.repeat(levels)}) { totalCount } }"}`
      : `{"query":${JSON.stringify(documents[2])},"variables":{"filter":${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}}}`;
  };

  return () => {
    const lines = ['host: gateway'];
    const isGet = chance(0.2);
    let body = '';
    let target = '/graphql';
    if (isGet) {
      const given = Object.entries(parameters()).map(
        ([name, value]) =>
          [name, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string],
      );
      let search = new URLSearchParams(given).toString().slice(0, 8_000);
      if (chance(0.2)) search = search.replace(/%../, () => pick(['%', '%zz', '%00', '+', '&', '%ff']));
      target += `?${search}`;
      if (chance(0.9)) lines.push('content-type: application/json');
    } else {
      body = chance(0.03) ? nested() : JSON.stringify(chance(0.03) ? [parameters()] : parameters());
      if (chance(0.1)) body = mutatedText(body);
      lines.push('content-type: application/json');
    }
    if (chance(0.02))
      target = pick([
        '/',
        '/graphql/',
        '//graphql',
        '/graphql?query',
        '/%00',
        '/..%2f',
        '/graphql%20',
        '/healthz',
        '/readyz?x=1',
      ]);
    const bytes = Buffer.from(body);
    if (!isGet) lines.push(`content-length: ${bytes.length}`);
    // With two lengths, or a length and chunks, the end of a request is a matter of opinion.
    if (chance(0.25)) lines.push(pick(headers));
    const method = isGet
      ? 'GET'
      : chance(0.03)
        ? pick(['PUT', 'OPTIONS', 'HEAD', 'DELETE', 'PATCH', 'BREW'])
        : 'POST';
    const head = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
    return Buffer.concat([Buffer.from(chance(0.01) ? mutatedText(head) : head), bytes]);
  };
}
