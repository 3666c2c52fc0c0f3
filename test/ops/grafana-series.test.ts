import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '../../src/demo/seed.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';

interface Target {
  readonly type: string;
  readonly url: string;
  readonly url_options: {
    readonly method: string;
    readonly body_type: string;
    readonly body_graphql_query: string;
    readonly body_graphql_variables: string;
  };
  readonly root_selector: string;
  readonly columns: readonly { readonly selector: string; readonly type: 'timestamp' | 'number' }[];
}

interface Board {
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly query: string;
      readonly current: { value?: string };
    }[];
  };
  readonly panels: readonly { readonly title: string; readonly targets: readonly Target[] }[];
}

const file = fileURLToPath(new URL('../../ops/grafana/series.json', import.meta.url));
const board: Board = JSON.parse(readFileSync(file, 'utf8'));
const targets = board.panels.flatMap(({ title, targets }) =>
  targets.map((target) => [title, target] as const),
);

const now = new Date();
const end = new Date(`${now.toISOString().slice(0, 10)}T23:59:59.999Z`);
const daysBefore = (days: number) => new Date(end.getTime() + 1 - days * 86_400_000);

/** What Grafana puts in the place of its variables, as `$name` and as `${name}`. */
function filled(text: string, chosen: Readonly<Record<string, string>>, days: number): string {
  const values: Record<string, string> = {
    ...Object.fromEntries(board.templating.list.map(({ name, current }) => [name, current.value ?? ''])),
    ...chosen,
  };
  return text
    .replace(/\$\{__from:date:iso\}/, daysBefore(days).toISOString())
    .replace(/\$\{__to:date:iso\}/, end.toISOString())
    .replace(/\$\{(\w+)\}|\$(\w+)/g, (all, braced, bare) => values[braced ?? bare] ?? all);
}

describe('The Grafana dashboard of plays over time', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh();
    await seedDemo(database, { artists: 5, songs: 20, listeners: 20, plays: 2_000, days: 100, seed: 1 }, now);
    gateway = await startGateway(database, { DEMO_LIVE: 'off' });
  });
  afterAll(() => gateway?.close());

  /** Asks as the Infinity data source does; gives the rows that it finds. */
  async function rowsOf(target: Target, chosen: Readonly<Record<string, string>> = {}, days = 90) {
    const { method, body_graphql_query: query, body_graphql_variables: variables } = target.url_options;
    const response = await fetch(gateway.url + target.url, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json;q=0.9,text/plain' },
      body: JSON.stringify({
        query: filled(query, chosen, days),
        variables: JSON.parse(filled(variables, chosen, days)),
      }),
    });
    const answer: unknown = await response.json();
    expect(answer).not.toHaveProperty('errors');
    const rows = target.root_selector
      .split('.')
      .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], answer);
    return rows as readonly Readonly<Record<string, unknown>>[];
  }

  it.each(targets)('%s reads rows whose columns are there and of their types', async (_, target) => {
    expect(target).toMatchObject({
      type: 'graphql',
      url: '/graphql',
      url_options: { method: 'POST', body_type: 'graphql' },
    });
    const rows = await rowsOf(target);
    expect(rows).toHaveLength(90);
    expect(target.columns.map(({ type }) => type)).toEqual(['timestamp', 'number']);
    for (const row of rows)
      for (const { selector, type } of target.columns)
        if (type === 'number') expect(row[selector]).toEqual(expect.any(Number));
        else expect(row[selector]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(rows.at(-1)?.start).toBe(`${now.toISOString().slice(0, 10)}T00:00:00.000Z`);
  });

  it('counts all plays of the platform over all of the time that there were any', async () => {
    const rows = await rowsOf(targets[0]![1], { bucket: 'MONTH' }, 120);
    expect(rows.reduce((sum, { plays }) => sum + Number(plays), 0)).toBe(2_000);
  });

  it('has a panel that follows what is chosen', async () => {
    const plays = async (song: string) =>
      (await rowsOf(targets[1]![1], { song })).map(({ plays }) => Number(plays));
    expect(await plays('song-2')).not.toEqual(await plays('song-3'));
    expect(await rowsOf(targets[0]![1], { bucket: 'HOUR', zone: 'Asia/Kathmandu' }, 7)).toHaveLength(
      7 * 24 + 1,
    );
    expect(await rowsOf(targets[0]![1], { bucket: 'WEEK', zone: 'Europe/Berlin' })).toHaveLength(
      weeksIn(daysBefore(90), end),
    );
  });

  it.each(targets)('%s names no variable of its query as one of the dashboard', (_, target) => {
    const names = board.templating.list.map(({ name }) => name);
    const inQuery = [...target.url_options.body_graphql_query.matchAll(/\$(\w+)/g)].map(([, name]) => name);
    expect(inQuery.length).toBeGreaterThan(4);
    // Grafana would fill it in the query, too.
    expect(inQuery.filter((name) => names.includes(name!))).toEqual([]);
  });
});

/** Weeks of Berlin, from Monday, that have a part between two instants. Its midnight is less than a day away from that of UTC. */
function weeksIn(from: Date, to: Date): number {
  const dayInBerlin = (at: Date) =>
    Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(at)) / 86_400_000;
  // The 5th of January 1970 was a Monday.
  const week = (at: Date) => Math.floor((dayInBerlin(at) - 4) / 7);
  return week(to) - week(from) + 1;
}
