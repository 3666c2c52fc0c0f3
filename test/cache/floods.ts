import { createHash } from 'node:crypto';
import type { Sent } from './measured-gateway.js';

/** An operation whose every genre is another answer. */
export const operation =
  'query ($genre: String) { songs(first: 1, filter: { genre: { eq: $genre } }) { nodes { title } } }';
const operationForHash = (index: number) => `{ songs(first: 1) { nodes { title s${index}: title } } }`;
export const post = (parameters: object): Sent => ({ body: JSON.stringify(parameters) });
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
/** Other ones for each flood and each of its requests. */
export const variables = (flood: number, index: number) => ({ genre: `Genre ${flood} ${index}` });
/** As many objects as variables may have, and a long text. */
const unused = (length: number, index: number) => ({
  objects: Array.from({ length: 900 }, () => ({})),
  text: padding(length, index),
});
const padding = (length: number, index: number) => `${index} `.padEnd(length, 'x');

/** Floods of requests that are large in one of their parts: what, how many, and each of them by its number. */
export const floods: readonly [string, number, (index: number) => Sent][] = [
  [
    'variables that the operation does not declare',
    200,
    (index) =>
      post({ query: operation, variables: { ...variables(1, index), unused: unused(110_000, index) } }),
  ],
  [
    'the same in requests that are short enough to be remembered',
    800,
    (index) =>
      post({ query: operation, variables: { ...variables(2, index), unused: unused(10_000, index) } }),
  ],
  [
    'the same in the URL',
    800,
    (index) => ({
      query: new URLSearchParams({
        query: operation,
        variables: JSON.stringify({
          ...variables(3, index),
          unused: unused(5_000, index),
        }),
      }).toString(),
    }),
  ],
  [
    'extensions that nobody reads',
    200,
    (index) =>
      post({
        query: operation,
        variables: variables(4, index),
        extensions: { cost: true, freshness: true, unused: padding(120_000, index) },
      }),
  ],
  [
    'fields of a body that nobody reads',
    200,
    (index) => post({ query: operation, variables: variables(5, index), unused: padding(120_000, index) }),
  ],
  [
    'headers',
    1_200,
    (index) => ({
      ...post({ query: operation, variables: variables(6, index) }),
      headers: {
        accept: `application/json, text/${padding(900, index)}`,
        'accept-encoding': `gzip, ${padding(900, index)}`,
        'x-request-id': padding(100, index),
        'if-none-match': `"${padding(900, index)}"`,
      },
    }),
  ],
  [
    'operation names',
    800,
    (index) => {
      const name = padding(12_000, index).replaceAll(' ', '_');
      return post({
        query: `query q${name} { songs(first: 1) { nodes { title } } }`,
        operationName: `q${name}`,
      });
    },
  ],
  [
    'operation names that are not in the document',
    800,
    (index) =>
      post({ query: '{ songs(first: 1) { nodes { title } } }', operationName: padding(12_000, index) }),
  ],
  [
    'persisted queries',
    2_000,
    (index) => {
      const query = operationForHash(index);
      return post({ query, extensions: { persistedQuery: { version: 1, sha256Hash: sha256Of(query) } } });
    },
  ],
  [
    'persisted queries that come in long URLs',
    1_200,
    (index) => {
      const query = operationForHash(index).replaceAll(' ', ',');
      const sha256Hash = sha256Of(query);
      const hash = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
      return { query: `unused=${'x'.repeat(14_000)}&query=${query}&extensions=${hash}` };
    },
  ],
  [
    'hashes of queries that nobody has sent',
    800,
    (index) => post({ extensions: { persistedQuery: { version: 1, sha256Hash: padding(12_000, index) } } }),
  ],
  [
    'operations in long URLs',
    1_200,
    (index) => ({
      query: `unused=${'x'.repeat(14_000)}&query=${operationForHash(index).replaceAll(' ', ',')}`,
    }),
  ],
  [
    'parameters of the URL that nobody reads',
    1_200,
    (index) => ({
      query: `${new URLSearchParams({
        query: operation,
        variables: JSON.stringify(variables(7, index % 50)),
        unused: padding(12_000, index),
      })}`,
    }),
  ],
  [
    'comments in documents',
    200,
    (index) => post({ query: `${operation} # ${padding(30_000, index)}`, variables: variables(8, index) }),
  ],
  [
    'documents that are refused',
    2_000,
    (index) =>
      post({ query: `{ a${index} ${Array.from({ length: 61 }, (_, n) => `a${n}: __typename`).join(' ')} }` }),
  ],
  [
    'documents that are wrong',
    2_000,
    (index) => post({ query: `{ songs(first: 1) { nodes { wrong${index} } } }` }),
  ],
  [
    'short documents of many tokens',
    200,
    (index) =>
      post({
        query: `{ a${index}: songs(first: 0, filter: { or: [${'{},'.repeat(300)}] }) { nodes { title } } }`,
      }),
  ],
  [
    'values of filters, of which each request has others',
    200,
    (index) =>
      post({
        query: 'query ($filter: SongFilter) { songs(first: 1, filter: $filter) { nodes { title } } }',
        variables: {
          filter: {
            songId: { in: Array.from({ length: 1_000 }, (_, n) => padding(90, index * 1_000 + n)) },
            ...(index % 2 ? { playCount: { gt: '0' } } : {}),
            and: Array.from({ length: index % 40 }, () => ({ genre: { eq: `Genre ${index}` } })),
          },
        },
      }),
  ],
  [
    'answers that are compressed',
    800,
    (index) => ({
      ...post({
        query: `query ($genre: String) { songs(first: 20, filter: { genre: { ne: $genre } }) { nodes { songId title genre strategy playCount totalEarnings artistAddress } } }`,
        variables: variables(9, index),
      }),
      headers: { 'accept-encoding': index % 2 ? 'br' : 'gzip' },
    }),
  ],
  [
    'values of a variable that decides about the fields of another operation',
    1_000,
    (index) =>
      post({
        query: `query A($x: Boolean!) { platformStats { totalPlays @include(if: $x) } }
          query B($x: String!) { songs(first: 1, filter: { genre: { eq: $x } }) { nodes { ${Array.from(
            { length: 30 },
            (_, n) => `a${n}: title`,
          ).join(' ')} } } }`,
        operationName: 'B',
        variables: { x: `Genre ${index}` },
      }),
  ],
  [
    'long variables of operations that are compiled for the values of others',
    300,
    (index) =>
      post({
        query: `query ($x: Boolean!, $ids: [String!]) { songs(first: 1, filter: { title: { in: $ids } }) {
          nodes { title${Math.floor(index / 3)}: title songId @include(if: $x) } } }`,
        variables: { x: true, ids: Array.from({ length: 1_000 }, (_, n) => padding(90, index * 1_000 + n)) },
      }),
  ],
];
