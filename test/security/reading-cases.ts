import { sha256Of } from '../../src/limits/documents/trusted-documents.js';
import type { Ran } from './reading-gateway.js';
import { operatorSecret } from './reading-gateway.js';

/** A request as bytes, and what has to come of it. */
export interface Case {
  readonly wire: Buffer;
  /** What has to run; `refused` when nothing may; null when nobody can tell. */
  readonly expected: Ran | 'refused' | null;
  /** What is special about it. */
  readonly twist: string;
}

interface Parameters {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

type Twist<Draft> = readonly [name: string, apply: (draft: Draft) => 'ok' | 'refused'];

interface UrlDraft {
  path: string;
  search: string;
  headers: string[];
  readonly parameters: Parameters;
}

interface BodyDraft {
  target: string;
  json: string;
  bytes: Buffer | null;
  contentType: string;
  isChunked: boolean;
  headers: string[];
  parameters: Parameters;
}

const strings = [
  '',
  'moss',
  'a+b c',
  '&x=1',
  '#?#',
  '%23 %zz',
  'é漢💥',
  '\\"\u0000\n',
  '__proto__',
  '{"a":1}',
];
const comments = ['', ' # é', ' # a+b&c=d', ' # 100%', ' # #?', ' # 💥', ' # "quoted" \\'];

const published = ['shared', 'direct'].flatMap((field) =>
  ['', ' # é', ' # "quoted" #?'].map(
    (comment) => `query A($v: String, $m: Int = 3) { ${field}(v: $v, m: $m) }${comment}`,
  ),
);

/** The documents that have addresses of their own. */
export const publishedDocuments: ReadonlyMap<string, string> = new Map(
  published.map((text) => [sha256Of(text), text]),
);

/** Makes requests whose meaning is known, spelled in ways in which two readers might differ. */
export function createCases(random: () => number): () => Case {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const chance = (share: number) => random() < share;

  /** More aliases than the public may use. */
  const forbidden = () =>
    `{ ${Array.from({ length: 70 }, (_, n) => `a${n}: ${pick(['shared', 'direct'])}`).join(' ')} }`;
  const harmless = () => `{ ${pick(['shared', 'direct'])} }`;
  const other = () => (chance(0.7) ? forbidden() : harmless());

  const parameters = (): Parameters => {
    const name = pick(['A', 'B', 'LongerName']);
    const field = pick(['shared', 'direct']);
    const query = `query ${name}($v: String, $m: Int = 3) { ${field}(v: $v, m: $m) }${pick(comments)}`;
    const variables: Record<string, unknown> = {};
    if (chance(0.6)) variables.v = pick(strings);
    if (chance(0.5)) variables.m = pick([0, 1, -1, 2 ** 31 - 1]);
    return { query, variables, operationName: chance(0.3) ? name : null };
  };
  const runOf = ({ query, variables }: Parameters): Ran => ({
    text: query,
    variables: { m: 3, ...variables },
  });

  const encoded = (text: string): string => {
    const share = pick([0, 0, 0.1, 1]);
    const usesPlus = chance(0.5);
    return [...text]
      .map((character) => {
        if (character === ' ') return usesPlus ? '+' : '%20';
        const escaped = encodeURIComponent(character);
        if (escaped !== character) return chance(0.3) ? escaped.toLowerCase() : escaped;
        return chance(share) ? `%${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character;
      })
      .join('');
  };
  const pair = (name: string, value: string) => `${encoded(name)}=${encoded(value)}`;
  const pairsOf = ({ query, variables, operationName }: Parameters): string[] => {
    const pairs = [pair('query', query)];
    if (chance(0.8) || Object.keys(variables).length > 0)
      pairs.push(pair('variables', JSON.stringify(variables)));
    if (operationName !== null) pairs.push(pair('operationName', operationName));
    if (chance(0.1)) pairs.push(pair('extensions', '{"cost":false}'));
    return chance(0.5) ? pairs : pairs.reverse();
  };
  const inserted = (search: string, added: string) =>
    chance(0.5) ? `${added}&${search}` : `${search}&${added}`;

  const urlTwists: readonly Twist<UrlDraft>[] = [
    ['plain', () => 'ok'],
    [
      'another document behind a fragment',
      (draft) => {
        draft.search = pick([
          `${draft.search}#&${pair('query', other())}`,
          `${draft.search}#?${pair('query', other())}`,
          `${pair('query', other())}#&${draft.search}`,
          `#${draft.search}`,
        ]);
        return 'refused';
      },
    ],
    [
      'a fragment before the query',
      (draft) => {
        draft.path += `#?${pair('query', other())}`;
        return 'refused';
      },
    ],
    [
      'the document twice',
      (draft) => {
        draft.search = inserted(draft.search, pair('query', other()));
        return 'refused';
      },
    ],
    [
      'the document twice, once with an encoded name',
      (draft) => {
        draft.search = inserted(draft.search, `%71uery=${encoded(other())}`);
        return 'refused';
      },
    ],
    [
      'the name of the operation twice',
      (draft) => {
        draft.search += '&operationName=A&operationName=B';
        return 'refused';
      },
    ],
    [
      'a parameter that means nothing, twice',
      (draft) => {
        draft.search = inserted(inserted(draft.search, pair('Query', other())), pair('Query', other()));
        return 'ok';
      },
    ],
    [
      'empty parameters',
      (draft) => {
        draft.search = pick([
          `&&${draft.search}`,
          `${draft.search}&`,
          `&=&${draft.search}`,
          `=x&${draft.search}`,
        ]);
        return 'ok';
      },
    ],
    [
      'absolute form',
      (draft) => {
        draft.path = `${pick(['http://gateway', 'HTTP://other:80', 'https://[::1]'])}${draft.path}`;
        return 'ok';
      },
    ],
    [
      'absolute form with a host that is none',
      (draft) => {
        draft.path = `http://[${draft.path}`;
        return 'refused';
      },
    ],
    [
      'an encoded path',
      (draft) => {
        draft.path = pick(['/%67raphql', '/graph%71l', '/%67%72%61%70%68%71%6C']);
        return 'ok';
      },
    ],
    [
      'bytes that are no UTF-8',
      (draft) => {
        draft.search = inserted(draft.search, pick(['x=%ff', '%c3=x', 'x=%zz', 'x=%']));
        return 'refused';
      },
    ],
    [
      'a body beside the URL',
      (draft) => {
        const body = JSON.stringify({ query: other() });
        draft.headers.push(`content-length: ${Buffer.byteLength(body)}`, '', body);
        return 'ok';
      },
    ],
    [
      'two hosts',
      (draft) => {
        draft.headers.unshift('Host: other');
        return 'refused';
      },
    ],
    [
      'a byte order mark before the variables',
      (draft) => {
        const { query, variables } = draft.parameters;
        draft.search = `${pair('query', query)}&variables=%EF%BB%BF${encoded(JSON.stringify(variables))}`;
        return 'ok';
      },
    ],
    [
      'an operator asks',
      (draft) => {
        draft.headers.push(`authorization: Bearer ${operatorSecret}`);
        return 'ok';
      },
    ],
  ];

  const bodyTwists: readonly Twist<BodyDraft>[] = [
    ['plain', () => 'ok'],
    [
      'a byte order mark',
      (draft) => {
        draft.json = `\ufeff${draft.json}`;
        return 'ok';
      },
    ],
    [
      'another document in the URL',
      (draft) => {
        draft.target += `?${pair('query', other())}`;
        return 'ok';
      },
    ],
    [
      'a fragment in the URL',
      (draft) => {
        draft.target += pick(['#', `#?${pair('query', other())}`, `?x#${pair('query', other())}`]);
        return 'refused';
      },
    ],
    [
      'the document twice, of which the last counts',
      (draft) => {
        draft.json = draft.json.replace('{', () => `{"query":${JSON.stringify(other())},`);
        return 'ok';
      },
    ],
    [
      'an escaped name',
      (draft) => {
        draft.json = draft.json.replace('"query"', '"\\u0071uery"');
        return 'ok';
      },
    ],
    [
      'names that only look alike',
      (draft) => {
        draft.json = draft.json.replace('{', () => `{"Query":${JSON.stringify(other())},"query ":"x",`);
        return 'ok';
      },
    ],
    [
      'a charset that is UTF-8',
      (draft) => {
        draft.contentType += pick([
          ';charset=utf-8',
          '; charset=UTF-8',
          '; charset="utf-8"',
          ' ; charset=utf8',
        ]);
        return 'ok';
      },
    ],
    [
      'another charset',
      (draft) => {
        draft.contentType += pick(['; charset=utf-16', ';charset="latin1"', '; charset=utf-7']);
        draft.bytes = pick([null, Buffer.from(draft.json, 'utf16le')]);
        return 'refused';
      },
    ],
    [
      'another content type',
      (draft) => {
        draft.contentType = pick([
          'text/plain',
          'application/x-www-form-urlencoded',
          'application/graphql',
          'x',
        ]);
        return 'refused';
      },
    ],
    [
      'chunks',
      (draft) => {
        draft.isChunked = true;
        return 'ok';
      },
    ],
    [
      'bytes that are no UTF-8',
      (draft) => {
        draft.bytes = Buffer.from(draft.json.replace('{', '{"x":"\u00ff",'), 'latin1');
        return 'refused';
      },
    ],
    [
      'a batch',
      (draft) => {
        draft.json = `[${draft.json}]`;
        return 'refused';
      },
    ],
    [
      'the text of a URL as the body',
      (draft) => {
        draft.json = `/graphql?${pairsOf(draft.parameters).join('&')}`;
        return 'refused';
      },
    ],
    [
      'a hash of another document',
      (draft) => {
        draft.json = JSON.stringify({ ...draft.parameters, extensions: hashOf(other()) });
        return 'refused';
      },
    ],
    [
      'its hash',
      (draft) => {
        draft.json = JSON.stringify({ ...draft.parameters, extensions: hashOf(draft.parameters.query) });
        return 'ok';
      },
    ],
    [
      'a prototype',
      (draft) => {
        draft.json = draft.json.replace('{', '{"__proto__":{"query":"{ shared }"},');
        return 'refused';
      },
    ],
    [
      'a number that no double holds',
      (draft) => {
        draft.json = JSON.stringify({ query: draft.parameters.query }).replace(
          '{',
          '{"variables":{"x":1e999},',
        );
        return 'refused';
      },
    ],
    [
      'absolute form',
      (draft) => {
        draft.target = `http://gateway${draft.target}`;
        return 'ok';
      },
    ],
    [
      'an encoded path',
      (draft) => {
        draft.target = '/%67raphq%6c';
        return 'ok';
      },
    ],
    [
      'an operator asks',
      (draft) => {
        draft.headers.push(`authorization: Bearer ${operatorSecret}`);
        return 'ok';
      },
    ],
    [
      'more than may be asked',
      (draft) => {
        draft.json = JSON.stringify({ query: forbidden() });
        return 'refused';
      },
    ],
  ];

  const documentTwists: readonly Twist<UrlDraft>[] = [
    ['plain', () => 'ok'],
    [
      'another document in the URL',
      (draft) => {
        draft.search += `&${pair('query', other())}`;
        return 'refused';
      },
    ],
    [
      'the hash of another document',
      (draft) => {
        draft.search += `&${pair('extensions', JSON.stringify(hashOf(pick(published))))}`;
        return 'ok';
      },
    ],
    [
      'the variables twice',
      (draft) => {
        draft.search += `&${pair('variables', '{}')}`;
        return 'refused';
      },
    ],
    [
      'a fragment',
      (draft) => {
        draft.search += pick(['#', `#?${pair('query', other())}`, '#&variables={}']);
        return 'refused';
      },
    ],
    [
      'a document that is not published',
      (draft) => {
        draft.path = `/q/${sha256Of(other())}`;
        return 'refused';
      },
    ],
    [
      'another spelling of the hash',
      (draft) => {
        const hash = draft.path.slice(3);
        draft.path = pick([
          `/q/${hash.toUpperCase()}x`,
          `/q//${hash}`,
          `/q/${hash}/`,
          `/%71/${hash}`,
          `/q/%61${hash}`,
        ]);
        return 'refused';
      },
    ],
    [
      'absolute form',
      (draft) => {
        draft.path = `${pick(['http://gateway', 'HTTP://other:80'])}${draft.path}`;
        return 'ok';
      },
    ],
    [
      'credentials',
      (draft) => {
        draft.headers.push(`authorization: Bearer ${operatorSecret}`);
        return 'refused';
      },
    ],
    [
      'headers that ask for a page',
      (draft) => {
        draft.headers.push('accept: text/html', 'content-type: text/plain');
        return 'ok';
      },
    ],
    [
      'a body beside the URL',
      (draft) => {
        const body = JSON.stringify({ query: other() });
        draft.headers.push(`content-length: ${Buffer.byteLength(body)}`, '', body);
        return 'ok';
      },
    ],
  ];

  const twisted = (draft: UrlDraft, twists: readonly Twist<UrlDraft>[], kind: string): Case => {
    const [twist, apply] = pick(twists);
    const outcome = apply(draft);
    const end = draft.headers.includes('') ? '' : '\r\n\r\n';
    const head = [`GET ${draft.path}?${draft.search} HTTP/1.1`, 'host: gateway', ...draft.headers];
    return {
      wire: Buffer.from(head.join('\r\n') + end),
      expected: outcome === 'ok' ? runOf(draft.parameters) : 'refused',
      twist: `${kind}: ${twist}`,
    };
  };

  const byDocument = (): Case => {
    const given = { ...parameters(), query: pick(published), operationName: null };
    const draft: UrlDraft = {
      path: `/q/${sha256Of(given.query)}`,
      search: pair('variables', JSON.stringify(given.variables)),
      headers: [],
      parameters: given,
    };
    return twisted(draft, documentTwists, 'a published document');
  };

  const byUrl = (): Case => {
    const given = parameters();
    const draft: UrlDraft = {
      path: '/graphql',
      search: pairsOf(given).join('&'),
      headers: [pick(['content-type: application/json', 'apollo-require-preflight: 1'])],
      parameters: given,
    };
    return twisted(draft, urlTwists, 'GET');
  };

  const byBody = (): Case => {
    const given = parameters();
    const draft: BodyDraft = {
      target: '/graphql',
      json: JSON.stringify(given, null, pick([0, 0, 2])),
      bytes: null,
      contentType: 'application/json',
      isChunked: chance(0.1),
      headers: [],
      parameters: given,
    };
    const [twist, apply] = pick(bodyTwists);
    const outcome = apply(draft);
    const bytes = draft.bytes ?? Buffer.from(draft.json);
    const framing = draft.isChunked ? 'transfer-encoding: chunked' : `content-length: ${bytes.length}`;
    const head = [
      `POST ${draft.target} HTTP/1.1`,
      'host: gateway',
      `content-type: ${draft.contentType}`,
      framing,
      ...draft.headers,
    ];
    return {
      wire: Buffer.concat([
        Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
        draft.isChunked ? inChunks(bytes, random) : bytes,
      ]),
      expected: outcome === 'ok' ? runOf(given) : 'refused',
      twist: `POST: ${twist}`,
    };
  };

  return () => {
    const made = pick([byUrl, byBody, byUrl, byBody, byDocument])();
    if (!chance(0.05)) return made;
    // Nobody can say what a request with a changed byte means, only that what runs was guarded.
    const wire = Buffer.from(made.wire);
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--)
      wire[Math.floor(random() * wire.length)] = Math.floor(random() * 256);
    return { wire, expected: null, twist: `${made.twist}, with other bytes` };
  };
}

function hashOf(text: string): object {
  return { persistedQuery: { version: 1, sha256Hash: sha256Of(text) } };
}

function inChunks(bytes: Buffer, random: () => number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const chunk = bytes.subarray(at, at + 1 + Math.floor(random() * bytes.length));
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
