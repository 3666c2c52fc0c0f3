import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, copyRepository } from './follow.js';

/** A number that is wrong is so in the first refreshes; the engine itself is not what is tested here. */
const shortHistory = { HISTORY_REFRESHES: '12' };

/** Asks a gateway of the copy over an embedded database with some plays in it; gives what it answered. */
async function ask({ folder, run }: Copy, questions: Readonly<Record<string, string>>) {
  const program = `
    import 'reflect-metadata';
    import { createGateway } from './src/index.ts';
    import { openEmbedded } from './src/database/embedded/embedded.ts';
    import { migrate } from './src/database/migrations/migrate.ts';
    import { seedDemo } from './src/demo/seed.ts';
    const database = await openEmbedded('.data/here');
    await migrate(database);
    await seedDemo(database, { artists: 5, songs: 30, listeners: 20, plays: 900, days: 120, seed: 1 }, new Date());
    await database.query('select analytics.refresh()');
    const { rows: [{ verified }] } = await database.query('select analytics.verify() as verified');
    await database.close();
    const gateway = await createGateway({
      settings: { DATA_DIR: '.data/here', PORT: '0', LOG_LEVEL: 'silent', OPERATOR_KEYS: 'ada:${'x'.repeat(40)}' },
    });
    const url = await gateway.listen();
    await gateway.ready;
    const answers = { verified };
    for (const [name, query] of Object.entries(${JSON.stringify(questions)})) {
      const response = await fetch(url + '/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer ${'x'.repeat(40)}' },
        body: JSON.stringify({ query }),
      });
      answers[name] = await response.json();
    }
    answers.metrics = await (await fetch(url + '/metrics')).text();
    await gateway.close();
    console.log('answers: ' + JSON.stringify(answers));
  `;
  writeFileSync(path.join(folder, 'ask.ts'), program);
  const printed = await run('tsx', 'ask.ts');
  return JSON.parse(printed.slice(printed.indexOf('answers: ') + 9).split('\n')[0]!);
}

describe('One reader who follows both pages', () => {
  let copy: Copy;
  let ofView: readonly string[];
  let ofColumn: readonly string[];
  let answers: Awaited<ReturnType<typeof ask>>;
  beforeAll(async () => {
    copy = copyRepository(shortHistory);
    ofView = copy.follow('docs/adding-a-view.md');
    ofColumn = copy.follow('docs/adding-a-column.md');
    await copy.run('tsx', 'generate.ts');
    await copy.run('tsc', '--noEmit');
    const run = await copy.run(
      'vitest',
      'run',
      'test/refresh/random-history.test.ts',
      '-t',
      'embedded database',
    );
    expect(run).toContain(`HISTORY_REFRESHES=${shortHistory.HISTORY_REFRESHES}`);
    answers = await ask(copy, {
      first:
        '{ strategies(first: 2) { nodes { strategy plays } pageInfo { hasNextPage endCursor } totalCount } }',
      filtered:
        '{ strategies(filter: { strategy: { in: [AUCTION, PATRONAGE] } }, orderBy: [{ field: EARNINGS, direction: DESC }]) { nodes { strategy earnings listeners playsLast7Days } } }',
      age: '{ viewFreshness { view generation stale } }',
      sizes: '{ monitoring { database { viewSizes { items { view sizeBytes } } } } }',
      vacuum: 'mutation { analyzeTable(table: MV_STRATEGY_ACTIVITY) { durationMs } }',
      songs:
        '{ songs(filter: { playsLast90Days: { gt: 0 } }, orderBy: [{ field: PLAYS_LAST_90_DAYS, direction: DESC }]) { nodes { playsLast30Days playsLast90Days playCount } } }',
    });
  });
  afterAll(() => copy?.remove());

  it('gets a view that is asked, filtered, ordered, verified and watched like the others', async () => {
    expect(ofView.length).toBeLessThanOrEqual(8);
    expect(answers.verified).toMatchObject({ ok: true, differences: [] });
    expect(answers.first).toMatchObject({
      data: { strategies: { pageInfo: { hasNextPage: true }, totalCount: 4 } },
    });
    const { nodes } = answers.filtered.data.strategies;
    expect(nodes.map((node: { strategy: string }) => node.strategy).sort()).toEqual(['AUCTION', 'PATRONAGE']);
    expect(Number(nodes[0].earnings)).toBeGreaterThanOrEqual(Number(nodes[1].earnings));
    const generations = answers.age.data.viewFreshness.map((each: { generation: number }) => each.generation);
    expect(generations).toHaveLength(7);
    expect(new Set(generations).size).toBe(1);
    expect(JSON.stringify(answers.sizes)).toContain('MV_STRATEGY_ACTIVITY');
    expect(answers.vacuum.errors).toBeUndefined();
    expect(answers.metrics).toMatch(
      /db_matview_last_refresh_timestamp_seconds\{view="mv_strategy_activity"\} \d/,
    );
  });

  it('gets a column that counts from the first refresh on', async () => {
    expect(ofColumn.length).toBeLessThanOrEqual(6);
    const { nodes } = answers.songs.data.songs;
    expect(nodes.length).toBeGreaterThan(10);
    for (const { playsLast30Days, playsLast90Days, playCount } of nodes) {
      expect(playsLast90Days).toBeGreaterThanOrEqual(playsLast30Days);
      expect(playsLast90Days).toBeLessThanOrEqual(playCount);
    }
    expect(
      nodes.some(
        (song: { playsLast30Days: number; playsLast90Days: number }) =>
          song.playsLast90Days > song.playsLast30Days,
      ),
    ).toBe(true);
  });
});
