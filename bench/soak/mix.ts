import { createHash } from 'node:crypto';
import type { Signer } from '../../test/auth/signing-keys.js';

/** One request, and what its answer may be. */
export interface SoakRequest {
  readonly kind: string;
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly statuses: readonly number[];
  /** After how many milliseconds the client leaves without its answer. */
  readonly leavesAfterMs?: number;
}

export interface MixOptions {
  readonly signer: Signer;
  readonly operatorSecret: string;
  readonly genres: readonly string[];
}

type Make = (number: number) => SoakRequest | Promise<SoakRequest>;

const post = (kind: string, body: object | string, more: Partial<SoakRequest> = {}): SoakRequest => ({
  kind,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  statuses: [200],
  ...more,
});

/** Each request of its kind is new: another text, other values, another token, so that whatever is kept has to give way. */
export function createMix({ signer, operatorSecret, genres }: MixOptions): () => Promise<SoakRequest> {
  const songs = `query Songs($genres: [String!], $plays: BigInt) {
    songs(filter: { genre: { in: $genres }, playCount: { gte: $plays } }, first: 20) { nodes { songId title playCount } } }`;
  const makers: readonly (readonly [number, Make])[] = [
    [
      30,
      (n) =>
        post('new operation', { query: `query Q${n} { a${n}: platformStats { totalPlays totalVolume } }` }),
    ],
    [25, (n) => post('new variables', { query: songs, variables: { genres: [genres[n % genres.length]], plays: n % 1_000_003 } })], // biome-ignore format: a list
    [10, () => post('kept answer', { query: '{ genres { genre totalPlays } }' })],
    [5, (n) => persisted(n)],
    [10, (n) => signed(signer, n)],
    [3, () => post('operator', { query: '{ monitoring { queryStats { totalQueries } pool { active } } }' }, { headers: { authorization: `Bearer ${operatorSecret}` } })], // biome-ignore format: a list
    [4, (n) => post('wrong document', { query: `{ platformStats { nothing${n} ` }, { statuses: [200, 400] })],
    [3, (n) => post('wrong token', { query: '{ __typename }' }, { headers: { authorization: `Bearer wrong${n}` }, statuses: [401, 429] })], // biome-ignore format: a list
    [3, (n) => post('wrong body', `{"query": ${n}`, { statuses: [400] })],
    [4, (n) => post('leaving', { query: songs, variables: { plays: 2_000_000 + n } }, { leavesAfterMs: n % 20, statuses: [200, 0] })], // biome-ignore format: a list
    [3, (n) => ({ kind: 'unknown path', method: 'GET', path: `/nothing/${n}`, statuses: [404] })],
  ];
  const weights = makers.map(([weight]) => weight);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let number = 0;
  return async () => {
    number += 1;
    // A step that shares no factor with the whole visits every kind as often as its weight says.
    let place = (number * 37) % whole;
    const found = makers.find(([weight]) => {
      place -= weight;
      return place < 0;
    });
    return (found ?? makers[0]!)[1](number);
  };
}

function persisted(n: number): SoakRequest {
  const query = `query P${n} { genres { genre } }`;
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  return post('new persisted query', { query, extensions: { persistedQuery: { version: 1, sha256Hash } } });
}

async function signed(signer: Signer, n: number): Promise<SoakRequest> {
  const sub = `0x${n.toString(16)}`;
  const authorization = `Bearer ${await signer.sign({ sub })}`;
  const query = 'query Own($a: Address!) { listener(address: $a) { totalPlays } }';
  return post('new token', { query, variables: { a: sub } }, { headers: { authorization } });
}
