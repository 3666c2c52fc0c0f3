import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createPollingClient,
  createTagFetch,
  GenresDocument,
  type Page,
  PlatformStatsDocument,
  type PollingClient,
  type PollingClientOptions,
  SongsDocument,
  TrendingSongsDocument,
} from '../../src/client/index.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { until } from '../support/wait.js';
import { recordRequests } from './wire.js';

const own = 'query Own { platformStats { totalPlays } }';

describe('A polling client', () => {
  let gateway: Gateway;
  let leaving = new AbortController();
  let observer: PollingClient;
  beforeAll(async () => {
    gateway = await startGateway(await openFresh('fixture'), { REFRESH_SCHEDULE: '*/2 * * * * *' });
    observer = createPollingClient({ url: `${gateway.url}/graphql` });
  });
  afterEach(() => {
    leaving.abort();
    leaving = new AbortController();
  });
  afterAll(() => gateway?.close());

  const connect = (options: Partial<PollingClientOptions> = {}) => {
    const wire = recordRequests();
    const client = createPollingClient({
      url: `${gateway.url}/graphql`,
      fetch: wire.fetch,
      signal: leaving.signal,
      ...options,
    });
    return { client, requests: wire.requests };
  };
  const generationNow = async () => (await observer.ask(PlatformStatsDocument, {})).freshness?.generation;

  it('sends the text of a document once, then its hash, and hands out the same object while the gateway says 304', async () => {
    const { client, requests } = connect();
    await client.ask(own, {});
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    await until('two answers of one refresh', async () => {
      const before = await client.ask(own, {});
      requests.length = 0;
      const again = await client.ask(own, {});
      if (requests[0]?.status !== 304) return false;
      expect(again).toBe(before);
      return true;
    });
    expect(requests.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 304']);
  });

  it('asks when a refresh is due and not before, and shows all answers of a refresh at once', async () => {
    const { client, requests } = connect();
    const questions = [
      client.question(GenresDocument, {}),
      client.question(TrendingSongsDocument, { first: 3 }),
    ];
    const stops = questions.map((question) => client.watch<unknown>(question));
    const generations = () =>
      questions.map((each) => client.latest<unknown>(each).answer?.freshness?.generation);
    await until('all answers', () => generations().every((each) => each !== undefined));
    await until('the first look', () => client.status().freshness);

    const mixtures: unknown[] = [];
    const seen = new Set<number>();
    const early: unknown[] = [];
    client.subscribe(() => {
      const now = generations();
      if (new Set(now).size > 1) mixtures.push(now);
      seen.add(now[0] as number);
    });
    let dueAtMs = 0;
    let checked = requests.length;
    await until('two refreshes', () => {
      for (; checked < requests.length; checked++) {
        const request = requests[checked]!;
        if (request.sentAtMs < dueAtMs) early.push({ ...request, dueAtMs });
      }
      dueAtMs = Date.parse(client.status().freshness?.nextRefreshAt ?? '');
      return seen.size >= 3;
    });
    expect(mixtures).toEqual([]);
    expect(early).toEqual([]);
    for (const stop of stops) stop();
  });

  it('asks once for the same question of several widgets, and nothing when none of them is left', async () => {
    const { client, requests } = connect();
    const widgets = [1, 2, 3].map(() => {
      const question = client.question(TrendingSongsDocument, { first: 5 });
      return { question, stop: client.watch(question) };
    });
    const answers = () => widgets.map(({ question }) => client.latest(question).answer);
    await until('all answers', () => answers().every((answer) => answer));
    expect(
      requests.filter(({ operation, method }) => operation === 'TrendingSongs' && method === 'GET'),
    ).toHaveLength(1);
    expect(new Set(answers()).size).toBe(1);
    for (const { stop } of widgets) stop();
    const before = requests.length;
    const generation = (await generationNow()) as number;
    await until('two more refreshes', async () => ((await generationNow()) as number) >= generation + 2);
    expect(requests).toHaveLength(before);
  });

  it('asks nothing while the page is hidden, and catches up when it is shown', async () => {
    let isHidden = true;
    let changed = () => {};
    const page: Page = {
      isHidden: () => isHidden,
      onChange(listener) {
        changed = listener;
        return () => {};
      },
    };
    const { client, requests } = connect({ page });
    const question = client.question(TrendingSongsDocument, { first: 2 });
    client.watch(question);
    const show = (shown: boolean) => {
      isHidden = !shown;
      changed();
    };
    const silence = async () => {
      const [before, generation] = [requests.length, (await generationNow()) as number];
      await until('two refreshes', async () => ((await generationNow()) as number) >= generation + 2);
      expect(requests).toHaveLength(before);
    };
    await silence();
    show(true);
    const answer = await until('the first answer', () => client.latest(question).answer);
    show(false);
    // What was under way when it was hidden may still come.
    await until('it to settle', () => requests.every(({ status }) => status !== null));
    await silence();
    show(true);
    await until('a newer answer', () => {
      const { generation = 0 } = client.latest(question).answer?.freshness ?? {};
      return generation >= (answer.freshness?.generation as number) + 2;
    });
  });

  it('says in the words of the gateway why it refuses, and keeps the number of the request', async () => {
    const { client } = connect();
    await expect(client.ask(SongsDocument, { first: 1_000 })).rejects.toMatchObject({
      name: 'RequestFailure',
      kind: 'refused',
      message: expect.stringMatching(/first: expected/),
      requestId: expect.stringMatching(/./),
    });
    await expect(client.ask(own, {}, { authorization: 'Bearer nobody' })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
  });

  it('stops waiting when its signal says so, without taking the answer from others, and ends with the client’s', async () => {
    const { client, requests } = connect();
    const leavingAlone = new AbortController();
    const alone = client.ask(GenresDocument, {}, { signal: leavingAlone.signal });
    const shared = client.ask(GenresDocument, {});
    leavingAlone.abort(new Error('left'));
    await expect(alone).rejects.toThrow('left');
    expect((await shared).data.genres.length).toBeGreaterThan(0);
    expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(1);

    const question = client.question(GenresDocument, {});
    client.watch(question);
    await until('an answer', () => client.latest(question).answer);
    leaving.abort();
    const before = requests.length;
    await expect(client.ask(GenresDocument, {})).rejects.toThrow(/abort/);
    const generation = (await generationNow()) as number;
    await until('two refreshes', async () => ((await generationNow()) as number) >= generation + 2);
    expect(requests.length - before).toBeLessThanOrEqual(1);
  });

  it('tells its watchers of no failure when it ends while they wait', async () => {
    let asked = 0;
    const silent = await listen(createServer(() => (asked += 1)));
    try {
      const { client, requests } = connect({ url: `${silent.url}/graphql` });
      const told: unknown[] = [];
      client.watch(client.question(GenresDocument, {}), (latest) => told.push(latest));
      await until('a request', () => asked > 0);
      leaving.abort(new Error('left'));
      await until('its end', () => requests.every(({ failed }) => failed));
      await new Promise(setImmediate);
      expect(told).toEqual([]);
      expect(client.status().failure).toBeNull();
    } finally {
      await silent.close();
    }
  });

  it('asks a gateway that wants patience no sooner than that, keeps the failure meanwhile, and goes on by itself', async () => {
    let refusals = 2;
    const askedAtMs: number[] = [];
    const busy = await listen(
      createServer((request, response) => {
        askedAtMs.push(performance.now());
        if (refusals-- <= 0)
          return void response.writeHead(307, { location: gateway.url + request.url }).end();
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '2' });
        response.end(
          JSON.stringify({ errors: [{ message: 'Too many.', extensions: { code: 'RATE_LIMITED' } }] }),
        );
      }),
    );
    try {
      const { client } = connect({ url: `${busy.url}/graphql` });
      const question = client.question(PlatformStatsDocument, {});
      client.watch(question);
      const { failure } = await until('the refusal', () => {
        const latest = client.latest(question);
        return latest.failure && latest;
      });
      expect(failure).toMatchObject({ kind: 'limited', message: 'Too many.', retryAfterMs: 2_000 });
      expect(client.status().failure).toBe(failure);
      await until('an answer', () => client.latest(question).answer);
      expect(client.latest(question).failure).toBeNull();
      for (const each of [1, 2]) expect(askedAtMs[each]! - askedAtMs[each - 1]!).toBeGreaterThan(1_980);
    } finally {
      await busy.close();
    }
  });

  it('gives other clients a fetch that remembers entity tags', async () => {
    const wire = recordRequests();
    const tagFetch = createTagFetch(wire.fetch);
    const body = JSON.stringify({ query: '{ platformStats { totalPlays } }' });
    const ask = async () => {
      const headers = { 'content-type': 'application/json' };
      return (await tagFetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })).text();
    };
    await until('a 304', async () => {
      const before = await ask();
      const again = await ask();
      if (wire.requests.at(-1)?.status !== 304) return false;
      expect(again).toBe(before);
      return true;
    });
  });
});

async function listen(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
