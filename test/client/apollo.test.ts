import { ApolloClient, CombinedGraphQLErrors, gql, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPollingLink, refetchWhenMoved, toDocumentNode } from '../../src/client/apollo/index.js';
import { createPollingClient, PlatformStatsDocument, TrendingSongsDocument } from '../../src/client/index.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { until } from '../support/wait.js';
import { recordRequests } from './wire.js';

describe('Apollo Client over a polling client', () => {
  const leaving = new AbortController();
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(await openFresh('fixture'));
  });
  afterAll(async () => {
    leaving.abort();
    await gateway?.close();
  });
  const connect = () => {
    const wire = recordRequests();
    const polling = createPollingClient({
      url: `${gateway.url}/graphql`,
      fetch: wire.fetch,
      signal: leaving.signal,
      maxIntervalMs: 100,
    });
    const client = new ApolloClient({ cache: new InMemoryCache(), link: createPollingLink(polling) });
    return { client, polling, requests: wire.requests };
  };
  const kinds = (requests: ReturnType<typeof connect>['requests']) =>
    [...new Set(requests.map(({ method, status }) => `${method} ${status}`))].sort();

  it('gets nothing but 304 while nothing moves, and asks for everything on the page after a refresh', async () => {
    const { client, polling, requests } = connect();
    const seen: number[] = [];
    const watched = [
      client
        .watchQuery({ query: toDocumentNode(PlatformStatsDocument) })
        .subscribe(({ data }) => data?.platformStats && seen.push(data.platformStats.totalPlays as number)),
      client
        .watchQuery({ query: toDocumentNode(TrendingSongsDocument), variables: { first: 3 } })
        .subscribe(() => {}),
    ];
    const stop = refetchWhenMoved(client, polling);
    await until('the numbers', () => seen.length > 0 && polling.status().freshness);
    const settledAt = await until('304', () => {
      const last = requests.slice(-3);
      return last.length === 3 && kinds(last).join() === 'GET 304' && requests.length;
    });
    await until('more polls', () => requests.length >= settledAt + 4);
    expect(kinds(requests.slice(settledAt).filter(({ status }) => status !== null))).toEqual(['GET 304']);

    await gateway.database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xd9', now(), 1, 0.5)`,
    );
    const plays = seen.at(-1) as number;
    await gateway.ask('mutation { refreshViews { outcome } }', {}, 'operator');
    await until('the play', () => seen.at(-1) === plays + 1);
    expect(requests.some(({ method }, index) => index >= settledAt && method === 'POST')).toBe(false);
    stop();
    for (const subscription of watched) subscription.unsubscribe();
    client.stop();
  });

  it('hands on the errors of the gateway, the data beside them, and who asks', async () => {
    const { client } = connect();
    const wrong = client.query({ query: gql`query { songs(first: 1000) { totalCount } }` });
    await expect(wrong).rejects.toSatisfy((error) => CombinedGraphQLErrors.is(error));
    await expect(wrong).rejects.toThrow(/first: expected/);
    const asNobody = client.query({
      query: gql`query { platformStats { totalPlays } }`,
      context: { headers: { authorization: 'Bearer nobody' } },
    });
    await expect(asNobody).rejects.toThrow();
    client.stop();
  });
});
