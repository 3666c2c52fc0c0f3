import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPollingLink } from '../../src/client/apollo/index.js';
import { createPollingClient, PlatformStatsDocument } from '../../src/client/index.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { until } from '../support/wait.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const begin = (file: string, ...words: string[]) =>
  promisify(execFile)(process.execPath, [tsx, path.join('examples', file), ...words], { cwd: root });
const run = async (file: string, ...words: string[]) => (await begin(file, ...words)).stdout;

describe('The examples', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database);
  });
  afterAll(() => gateway?.close());

  const play = () =>
    gateway.database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xd9', now(), 1, 0.5)`,
    );
  const refresh = async () => {
    const { errors } = await gateway.ask('mutation { refreshViews { outcome } }', {}, 'operator');
    expect(errors).toEqual([]);
  };

  it('print the chart of the week from typed documents', async () => {
    await play();
    await refresh();
    const printed = await run('report.ts', gateway.url);
    expect(printed).toMatch(/^\d+ plays of \d+ songs, as of\n\d{4}-\d\d-\d\dT.*Z\. The week:\n/);
    expect(printed).toMatch(/ {2}1\. +\d+ {2}\S.*\(.+\)\n/);
  });

  it('say what the gateway says when it says no', async () => {
    const { ask } = await import('../../examples/ask.js');
    const { SongsDocument } = await import('../../src/client/operations.js');
    const { toDocumentNode } = await import('../../src/client/apollo/index.js');
    await expect(ask(gateway.url, toDocumentNode(SongsDocument), { first: 1000 })).rejects.toThrow(
      /first: expected/,
    );
  });

  it('watch with entity tags: 304 while nothing moves, the new numbers after a refresh', async () => {
    const watching = begin('watch.ts', gateway.url, '2');
    let printed = '';
    watching.child.stdout?.on('data', (text) => {
      printed += text;
    });
    await until('a 304', () => printed.includes('304: nothing new'));
    await play();
    await refresh();
    const lines = (await watching).stdout.trim().split('\n');
    const found = lines.filter((line) => line.startsWith('200'));
    expect(found).toHaveLength(2);
    expect(lines.filter((line) => line === '304: nothing new').length).toBeGreaterThan(0);
    const [before, after] = found.map((line) => Number(/"totalPlays":(\d+)/.exec(line)?.[1]));
    expect(after).toBe((before as number) + 1);
  });

  it('show a widget of React with the numbers of one refresh, and the next ones after the next', async () => {
    const { ApolloClient, InMemoryCache } = await import('@apollo/client');
    const { createElement } = await import('react');
    const { ApolloProvider } = await import('@apollo/client/react');
    const { prerenderStatic } = await import('@apollo/client/react/ssr');
    const { renderToString } = await import('react-dom/server');
    const { TrendingSongs } = await import('../../examples/trending-songs.js');
    const show = async () => {
      const polling = createPollingClient({ url: `${gateway.url}/graphql` });
      const client = new ApolloClient({ cache: new InMemoryCache(), link: createPollingLink(polling) });
      const { result } = await prerenderStatic({
        tree: createElement(ApolloProvider, { client, children: createElement(TrendingSongs, { first: 3 }) }),
        context: { client },
        renderFunction: renderToString,
      });
      client.stop();
      return { html: result, freshness: (await polling.ask(PlatformStatsDocument, {})).freshness };
    };
    const first = await show();
    expect(first.html.match(/<li>/g)).toHaveLength(3);
    expect(first.html).toContain(`<time dateTime="`);
    for (let plays = 0; plays < 50; plays++) await play();
    await refresh();
    const next = await show();
    expect(next.html).not.toBe(first.html);
    expect(next.freshness?.generation).toBe((first.freshness?.generation as number) + 1);
    expect(next.html).toContain(String(next.freshness?.asOf).slice(0, 19));
  });
});
