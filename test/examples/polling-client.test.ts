import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gql } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRememberingFetch } from '../../examples/etag-fetch.js';
import { createPollingClient, type Page } from '../../examples/polling-client.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { until } from '../support/wait.js';

const stats = gql`
  query Stats {
    platformStats {
      totalPlays
    }
  }
`;
const trending = gql`
  query Trending($first: Int!) {
    trendingSongs(first: $first) {
      songId
      title
      artist {
        artistAddress
        artistName
      }
    }
  }
`;

describe('Apollo Client as the documentation sets it up', () => {
  let gateway: Gateway;
  /** Of each exchange, as they came over the wire. */
  const statuses: number[] = [];
  let isHidden = false;
  let changed = () => {};
  const page: Page = {
    isHidden: () => isHidden,
    onChange(listener) {
      changed = listener;
      return () => {};
    },
  };
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database, { REFRESH_SCHEDULE: '*/3 * * * * *' });
  });
  afterAll(() => gateway?.close());

  it('sends hashes by GET, gets 304 until the views move, polls when there is something to fetch, and not while hidden', async () => {
    const remembering = createRememberingFetch((status) => void statuses.push(status));
    const asked: { method: string; url: string }[] = [];
    const codes: string[] = [];
    const { client, freshness, start } = createPollingClient(
      `${gateway.url}/graphql`,
      (text) => createHash('sha256').update(text).digest('hex'),
      async (input, init) => {
        asked.push({ method: init?.method ?? 'GET', url: String(input) });
        const response = await remembering(input, init);
        const { errors } = (await response.clone().json()) as { errors?: { extensions: { code: string } }[] };
        codes.push(...(errors ?? []).map(({ extensions }) => extensions.code));
        return response;
      },
    );
    const seen: number[] = [];
    const watched = [
      client
        .watchQuery({ query: stats })
        .subscribe(
          ({ data }) =>
            data && seen.push((data as { platformStats: { totalPlays: number } }).platformStats.totalPlays),
        ),
      client.watchQuery({ query: trending, variables: { first: 3 } }).subscribe(() => {}),
    ];
    await until('both answers', () => freshness() !== null && seen.length > 0 && statuses.length >= 4);
    // The gateway did not know the hashes yet, so each text went once, in a POST.
    expect(asked.map(({ method }) => method).sort()).toEqual(['GET', 'GET', 'POST', 'POST']);
    expect(codes).toEqual(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND']);
    expect(asked.every(({ url }) => !url.includes('query='))).toBe(true);

    // From then on hashes do, and while nothing moves asking again costs a 304.
    await client.refetchQueries({ include: 'active' });
    statuses.length = 0;
    asked.length = 0;
    const { generation: before, asOf } = freshness() ?? {};
    await client.refetchQueries({ include: 'active' });
    if (freshness()?.generation === before) expect(statuses).toEqual([304, 304]);
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);

    const stop = start(page);
    await gateway.database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xd9', now(), 1, 0.5)`,
    );
    const plays = seen.at(-1) as number;
    await until('it to happen', () => seen.at(-1) === plays + 1);
    expect(freshness()?.generation).toBeGreaterThan(before as number);
    expect(Date.parse(freshness()?.asOf as string)).toBeGreaterThan(Date.parse(asOf as string));
    expect(codes).toHaveLength(2);

    isHidden = true;
    changed();
    await sleep(200);
    asked.length = 0;
    await sleep(4_000);
    expect(asked).toEqual([]);
    isHidden = false;
    changed();
    await until('it to happen', () => asked.length >= 2);

    stop();
    for (const subscription of watched) subscription.unsubscribe();
    client.stop();
  });
});
