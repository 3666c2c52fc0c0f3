import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as operations from '../../src/client/operations.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { operatorCredentials, post, type Said, send } from './gateway.js';

/** What nobody but whoever sent it may ever see: addresses, a token, a key, a text that was searched for. */
const listener = '0xcafe0000000000000000000000000000000000000000000000000000c0ffee01';
const artist = '0xcafe0000000000000000000000000000000000000000000000000000c0ffee02';
const wrongKey = 'canary-key-that-is-not-known-to-anybody-here';
const wrongToken = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canarycanarycanary';
const searched = 'canary-search-text';
const operatorKey = operatorCredentials.authorization.slice('Bearer '.length);
const canaries = [listener, artist, wrongKey, wrongToken, searched, operatorKey, 'c0ffee01', 'c0ffee02'];

let gateway: Gateway;
const said: Said[] = [];
beforeAll(async () => {
  const database = await openFresh('fixture');
  await database.query("insert into artists (artist_address, name) values ($1, 'Canary')", [artist]);
  await database.query(
    "insert into songs (song_id, title, artist_address, genre, strategy) values ('canary', 'Canary', $1, 'Rock', 'auction')",
    [artist],
  );
  await database.query(
    "insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('canary', $1, now(), 1, 1)",
    [listener],
  );
  gateway = await startGateway(database, { LOG_LEVEL: 'trace', RATE_LIMIT: 'on' });
});
afterAll(() => gateway.close());

const note = async (answer: Promise<Said>) => {
  said.push(await answer);
};

describe('Of what was asked, and by whom,', () => {
  it('much is asked here, well and badly, by everybody', async () => {
    await gateway.ask('mutation { refreshViews { outcome } }', {}, 'operator');
    const given = { address: listener, id: 'canary', name: 'Rock', query: searched, first: 2 };
    for (const [name, document] of Object.entries(operations)) {
      if (!name.endsWith('Document') || /RefreshViews/.test(name)) continue;
      const query = String(document);
      for (const address of [listener, artist])
        for (const headers of [
          {},
          operatorCredentials,
          { authorization: `Bearer ${wrongKey}` },
          { authorization: `Bearer ${wrongToken}` },
        ])
          await note(
            send(gateway.url, { query, variables: { ...given, address } }, headers as Record<string, string>),
          );
      for (const asker of [listener, '0xb0b'] as const) await gateway.ask(query, given, asker);
    }
    const wrong = [
      `{ artist(address: "${artist}") { nothing } }`,
      `{ artist(address: "${artist}") { artistName`,
      `{ listener(address: "${listener}") { totalPlays } }`,
      `{ artist(address: "${artist}") { recentPlays { id } } }`,
      `{ artist(address: "${artist}") { songs(first: -1) { totalCount } } }`,
      `{ artist(address: "${artist}") { songs(after: "${searched}") { totalCount } } }`,
      `{ searchSongs(query: "${searched}", first: 1000) { title } }`,
      `{ artists(first: 100, filter: { artistAddress: { in: ["${artist}"] } }) { nodes { songs(first: 100) { nodes { artist { songs(first: 100) { totalCount } } } } } } }`,
      `mutation { clearQueryMetrics }`,
    ];
    for (const query of wrong) {
      await note(send(gateway.url, { query }));
      await note(send(gateway.url, { query }, operatorCredentials));
      await gateway.ask(query, {}, listener);
    }
    await note(post(gateway.url, `{"query":"{ artist(address: \\"${artist}\\")`));
    await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(wrong[0] ?? '')}`, {
      headers: { 'content-type': 'application/json' },
    });
    await fetch(`${gateway.url}/nowhere/${listener}/${searched}?token=${wrongToken}`, {
      headers: { referer: `https://x.example/${artist}`, cookie: wrongKey },
    });
    expect(said.length).toBeGreaterThan(150);
    expect(said.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('no log line says anything, though there are many', () => {
    expect(gateway.lines.length).toBeGreaterThan(200);
    expect(gateway.lines.filter((line) => canaries.some((canary) => line.includes(canary)))).toEqual([]);
  });

  it('no metric says anything', async () => {
    for (const path of ['/metrics', '/metrics/database']) {
      const text = await (await fetch(`${gateway.url}${path}`)).text();
      expect(text.length).toBeGreaterThan(500);
      for (const canary of canaries) expect(text).not.toContain(canary);
    }
  });

  it('no error says anything', () => {
    const errors = said.flatMap(({ body }) => body.errors ?? []);
    expect(errors.length).toBeGreaterThan(50);
    const telling = errors.filter((error) =>
      canaries.some((canary) => JSON.stringify(error).includes(canary)),
    );
    expect(telling).toEqual([]);
  });

  it('nothing is kept for those who look after the gateway but what they may know', async () => {
    const { text } = await gateway.ask(
      '{ monitoring { slowQueries(limit: 500) { name } queryErrors(limit: 500) { name code sqlState } alerts(limit: 100) { message subject } } }',
      {},
      'operator',
    );
    for (const canary of canaries) expect(text).not.toContain(canary);
  });
});
