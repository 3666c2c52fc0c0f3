import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalIdOf } from '../../../src/analytics/node/global-id.js';
import { createPollingLink } from '../../../src/client/apollo/index.js';
import { createPollingClient } from '../../../src/client/index.js';
import { openFresh } from '../../support/databases.js';
import { alice, bob } from '../../support/fixture.js';
import { type Asker, type Gateway, startGateway } from '../../support/gateway.js';

interface Named {
  readonly __typename: string;
  readonly id: string;
}

describe('An object that has an identifier', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(await openFresh('fixture'));
  });
  afterAll(() => gateway?.close());

  const node = async (id: string, selection = '__typename id', asker: Asker = 'public') => {
    const text = `query ($id: ID!) { node(id: $id) { ${selection} } }`;
    const { data, errors, headers } = await gateway.ask(text, { id }, asker);
    const [code = null] = errors.map(({ extensions }) => extensions.code);
    return { found: data?.node as Named | null | undefined, code, cache: headers.get('x-cache') };
  };

  it.each<[field: string, asker: Asker]>([
    [`artist(address: "${alice}")`, 'public'],
    ['song(id: "song-07")', 'public'],
    ['genre(name: "Ambient & Noise")', 'public'],
    ['platformStats', 'public'],
    ['chartEdition(genre: "Rock")', 'public'],
    [`listener(address: "${alice}")`, alice],
    [`listener(address: "${bob}")`, 'operator'],
  ])('is the same by that as by %s', async (field, asker) => {
    const { data, errors } = await gateway.ask(`{ object: ${field} { __typename id } }`, {}, asker);
    expect(errors).toEqual([]);
    const object = data?.object as Named;
    expect(await node(object.id, '__typename id', asker)).toMatchObject({ found: object, code: null });
  });

  it('has all its fields and the lists behind it', async () => {
    const selection =
      'id ... on Artist { artistName topSongs(first: 2) { id artist { id } } } ... on Song { title }';
    const { found } = await node(globalIdOf('Artist', alice), selection);
    const { data } = await gateway.ask(
      `{ artist(address: "${alice}") { id artistName topSongs(first: 2) { id artist { id } } } }`,
    );
    expect(found).toEqual(data?.artist);
  });

  it('is a statement under one identifier, open and closed, for its artist and for operators', async () => {
    const text = `{ artist(address: "${alice}") { statements { nodes { id month plays } } openStatement { id month plays } } }`;
    const { data } = await gateway.ask(text, {}, alice);
    const { statements, openStatement } = data!.artist as {
      statements: { nodes: Named[] };
      openStatement: Named;
    };
    for (const statement of [...statements.nodes, openStatement])
      for (const asker of [alice, 'operator'] as const)
        expect((await node(statement.id, '... on ArtistStatement { id month plays }', asker)).found).toEqual(
          statement,
        );
    const { id } = statements.nodes[0]!;
    for (const selection of ['id', '__typename', '... on ArtistStatement { plays }']) {
      expect(await node(id, selection)).toMatchObject({ found: null, code: 'UNAUTHENTICATED' });
      expect(await node(id, selection, bob)).toMatchObject({ found: null, code: 'FORBIDDEN' });
    }
  });

  it('is a listener to nobody but itself and operators, whatever is asked of it, and whether it exists or not', async () => {
    for (const address of [alice, '0xdead'])
      for (const selection of [
        'id',
        '__typename',
        '... on Listener { totalPlays }',
        '... on Song { title }',
      ]) {
        const id = globalIdOf('Listener', address);
        expect(await node(id, selection)).toMatchObject({ found: null, code: 'UNAUTHENTICATED' });
        expect(await node(id, selection, bob)).toMatchObject({ found: null, code: 'FORBIDDEN' });
      }
    const id = globalIdOf('Listener', alice);
    expect(await node(id, 'id', alice)).toMatchObject({ found: { id }, code: null });
    expect(await node(id, 'id')).toMatchObject({ found: null, code: 'UNAUTHENTICATED' });
  });

  it('is null where there is none, and a mistake where the identifier is none', async () => {
    const unknown = [
      globalIdOf('Artist', '0xdead'),
      globalIdOf('Artist', 'no address'),
      globalIdOf('Song', ''),
      globalIdOf('GenreStats', 'none'),
      globalIdOf('ChartEdition', '1', '999'),
      globalIdOf('ChartEdition', '999', '1'),
    ];
    for (const id of unknown) expect(await node(id)).toMatchObject({ found: null, code: null });
    for (const id of [
      globalIdOf('ArtistStatement', alice, '1999-01'),
      globalIdOf('ArtistStatement', '0xdead', '2026-03'),
      globalIdOf('Listener', '0xdead'),
    ])
      expect(await node(id, 'id', 'operator')).toMatchObject({ found: null, code: null });
    const malformed = [
      '',
      'song-01',
      `${globalIdOf('Song', 'song-01')}=`,
      globalIdOf('Song'),
      globalIdOf('Song', 'song-01', 'more'),
      globalIdOf('Song', '\0'),
      globalIdOf('Play', '1'),
      globalIdOf('Query'),
      globalIdOf('constructor', '1'),
      globalIdOf('ChartEdition', '1', '01'),
      globalIdOf('ChartEdition', '1', '99999999999'),
      globalIdOf('ChartEdition', '1', '-1'),
      globalIdOf('ArtistStatement', alice, '2026-13'),
      globalIdOf('ArtistStatement', alice, '0000-01'),
      globalIdOf('PlatformStats', ''),
    ];
    for (const id of malformed)
      expect(await node(id, 'id', 'operator'), id).toMatchObject({ found: null, code: 'BAD_USER_INPUT' });
  });

  it('is answered from the cache where everybody gets the same', async () => {
    const id = globalIdOf('Song', 'song-03');
    const selection = 'id ... on Song { title artist { id } }';
    const first = await node(id, selection);
    expect(first.cache).toBe('miss');
    expect(await node(id, selection)).toEqual({ ...first, cache: 'hit' });
  });

  it('comes with others in their order, at the cost of a list, and no more of them than a page has', async () => {
    const ids = ['song-01', 'none', 'song-02', 'song-01'].map((key) => globalIdOf('Song', key));
    const text = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { data, errors } = await gateway.ask(text, { ids });
    expect(errors).toEqual([]);
    expect(data?.nodes).toEqual([{ id: ids[0] }, null, { id: ids[2] }, { id: ids[0] }]);
    const many = Array.from({ length: 101 }, (_, n) => globalIdOf('Song', String(n)));
    const refused = await gateway.ask(text, { ids: many });
    expect(refused.errors[0]?.message).toMatch(/ids: expected at most 100, got 101/);
    const mixed = await gateway.ask(text, { ids: [ids[0], 'none', globalIdOf('Listener', bob)] });
    expect(mixed.data?.nodes).toEqual([{ id: ids[0] }, null, null]);
    expect(mixed.errors.map(({ extensions }) => extensions.code).sort()).toEqual([
      'BAD_USER_INPUT',
      'UNAUTHENTICATED',
    ]);
  });

  it('is one entity in the cache of Apollo Client without any configuration', async () => {
    const polling = createPollingClient({ url: `${gateway.url}/graphql` });
    const cache = new InMemoryCache();
    const client = new ApolloClient({ cache, link: createPollingLink(polling) });
    await client.query({ query: gql`{ song(id: "song-07") { id title } }` });
    await client.query({
      query: gql`{ artist(address: "0xa11ce") { id topSongs(first: 100) { id playCount } } }`,
    });
    const id = globalIdOf('Song', 'song-07');
    expect(cache.extract()[`Song:${id}`]).toMatchObject({
      __typename: 'Song',
      title: expect.anything(),
      playCount: expect.any(Number),
    });
    client.stop();
  });
});
