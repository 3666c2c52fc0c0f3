import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as operations from '../../src/client/operations.js';
import { asOperator, operatorSecret, startTracedGateway, type TracedGateway } from './traced-gateway.js';

/** What a receiver of traces must never get: addresses, tokens, keys, texts that were searched for, values, cursors. */
const address = '0xcafe0000000000000000000000000000000000000000000000000000c0ffee01';
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canarycanarycanary';
const searched = 'canary-search-text';
const secrets = [address, 'c0ffee01', token, 'canarycanarycanary', searched, operatorSecret, 'canary-name'];

const protocols = ['http/json', 'http/protobuf'];

describe.each(protocols)('Traces that are sent by %s', (protocol) => {
  let gateway: TracedGateway;
  let cursor = '';
  beforeAll(async () => {
    gateway = await startTracedGateway({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
  });
  afterAll(() => gateway?.close());

  it('tell nothing of what was asked for, by whom and with what', async () => {
    await gateway.query(`insert into artists (artist_address, name) values ('${address}', 'canary-name')`);
    await gateway.query(
      `insert into songs (song_id, title, artist_address, genre, strategy) values ('canary', 'canary-name', '${address}', 'Rock', 'auction')`,
    );
    await gateway.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('canary', '${address}', now(), 1, 1)`,
    );
    await gateway.ask('mutation { refreshViews { outcome } }', asOperator);
    const page = await gateway.ask('{ songs(first: 1) { pageInfo { endCursor } } }');
    cursor = ((await page.json()) as { data: { songs: { pageInfo: { endCursor: string } } } }).data.songs
      .pageInfo.endCursor;
    expect(cursor.length).toBeGreaterThan(10);

    const given = { address, id: 'canary', name: 'Rock', query: searched, first: 2, after: cursor };
    const credentials: Record<string, string>[] = [{}, asOperator, { authorization: `Bearer ${token}` }];
    for (const [name, document] of Object.entries(operations)) {
      if (!name.endsWith('Document') || /RefreshViews/.test(name)) continue;
      for (const headers of credentials)
        await (await gateway.ask(String(document), headers, given)).arrayBuffer();
    }
    for (const query of [
      `{ artist(address: "${address}") { artistName } }`,
      `{ artist(address: "${address}") { nothing } }`,
      `{ artist(address: "${address}") { songs(after: "${searched}") { totalCount } } }`,
      `{ artist(address: "${address}"`,
      `{ songs(first: 1, after: "${cursor}") { nodes { title } } }`,
      `query q${address} { artist(address: "${address}") { artistName } }`,
      `{ searchSongs(query: "${searched}") { title } }`,
      `mutation { setThresholds(slowQueryMs: 2147483648) { slowQueryMs } }`,
    ])
      for (const headers of credentials) {
        await (await gateway.ask(query, headers)).arrayBuffer();
        const search = new URLSearchParams({ query });
        await fetch(`${gateway.url}/graphql?${search}`, {
          headers: { ...headers, 'apollo-require-preflight': '1' },
        });
      }
    const filter = JSON.stringify({ artistAddress: { in: [address] }, title: { contains: searched } });
    for (const headers of credentials)
      for (const path of [
        `/export/songs.csv?${new URLSearchParams({ filter })}`,
        `/export/songs.ndjson?filter=${searched}`,
        `/export/${address}.csv?token=${token}`,
        `/nowhere/${address}/${searched}?token=${token}`,
        `/graphql/${address}`,
        `/dashboard?address=${address}`,
      ])
        await (
          await fetch(`${gateway.url}${path}`, {
            headers: {
              ...headers,
              referer: `https://x.test/${address}`,
              cookie: token,
              'user-agent': searched,
              'x-request-id': address,
              'x-forwarded-for': address,
            },
          })
        ).arrayBuffer();
    await gateway.stop();
  });

  it('and there were many of them, of every kind', () => {
    const sent = Buffer.concat(gateway.receiver.deliveries.map(({ body }) => body)).toString('latin1');
    expect(sent.length).toBeGreaterThan(100_000);
    const told = [
      'POST /graphql',
      'GET /export/songs.csv',
      'any($1)',
      'analytics.refresh',
      'mv_listener_activity',
    ];
    expect(told.filter((text) => !sent.includes(text))).toEqual([]);
    expect([...secrets, cursor].filter((secret) => sent.includes(secret))).toEqual([]);
    const urls = new Set(gateway.receiver.deliveries.map(({ url }) => url));
    expect([...urls]).toEqual(['/v1/traces']);
  });
});
