import { expect, it } from 'vitest';
import { ExplainDocument, type ExplainQuery } from '../../../src/client/operations.js';
import { alice, bob, recordStatements } from '../../support/fixture.js';
import { describeEachGateway, type Gateway } from '../../support/gateway.js';

type Explained = ExplainQuery['monitoring']['explain'][number];

/** What is looked at of a plan in JSON. */
const rootOf = (planJson: unknown) => (planJson as { Plan: Record<string, unknown> }).Plan;

async function explain(
  gateway: Gateway,
  query: string,
  variables: unknown = null,
  analyze?: boolean,
): Promise<readonly Explained[]> {
  const { data, errors } = await gateway.ask(ExplainDocument, { query, variables, analyze }, 'operator');
  expect(errors).toEqual([]);
  return data!.monitoring.explain;
}

async function refusal(gateway: Gateway, query: string, variables: unknown = null) {
  const { errors } = await gateway.ask(ExplainDocument, { query, variables }, 'operator');
  expect(errors).toHaveLength(1);
  return { code: errors[0]?.extensions.code, message: errors[0]?.message ?? '' };
}

const withArtists = `query ($genre: String) {
  songs(first: 3, filter: { genre: { eq: $genre } }) { totalCount nodes { title artist { artistName totalPlays } } }
  topSongsThisWeek(first: 2) { rank song { playCount } }
}`;

describeEachGateway('explain', (gateway, kind) => {
  it.each([
    ['21', 21],
    ['1,000', 1_000],
    ['3,300', 3_300],
  ])('refuses a document with %s levels as one that is asked directly', async (_what, levels) => {
    const { code, message } = await refusal(gateway(), `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`);
    expect(code).toBe('COST_LIMIT_EXCEEDED');
    expect(message).toMatch(/^query: The document: expected at most 20 levels of fields, got/);
  });

  it('explains every statement that a query costs, with the very SQL of its execution (G-PLAN-01)', async () => {
    const executed = await recordStatements(gateway().reading, async () => {
      await gateway().ask(withArtists, { genre: 'Rock' }, 'operator');
    });
    const asked = executed.filter((text) => /^select \/\* (songs|artists|topSongs)/.test(text));
    const statements = await explain(gateway(), withArtists, { genre: 'Rock' });
    expect(statements.map((statement) => statement.sql).sort()).toEqual(asked.sort());
    expect(statements.map((statement) => statement.name).sort()).toEqual([
      'artists.byAddress',
      'songs.byId',
      'songs.count',
      'songs.page',
      'topSongsThisWeek',
    ]);
    for (const { plan, planJson, totalCost, executionTimeMs, buffers, rows } of statements) {
      expect(plan).toMatch(/\(cost=[\d.]+ rows=\d+ width=\d+\)/);
      expect(plan).not.toMatch(/actual/);
      expect(rootOf(planJson)['Total Cost']).toBe(totalCost);
      expect(totalCost).toBeGreaterThan(0);
      expect([executionTimeMs, buffers]).toEqual([null, null]);
      expect(rows).toBeGreaterThan(0);
    }
  });

  it('measures times, rows and pages when it is to analyze (G-PLAN-02)', async () => {
    const statements = await explain(
      gateway(),
      '{ songs(first: 3) { nodes { artist { artistName } } } }',
      {},
      true,
    );
    expect(statements.map(({ name, rows }) => [name, rows])).toEqual([
      ['songs.page', 4],
      ['artists.byAddress', 3],
    ]);
    for (const { executionTimeMs, buffers, plan, planJson, rows } of statements) {
      expect(executionTimeMs).toBeGreaterThan(0);
      expect(buffers!.sharedHit! + buffers!.sharedRead!).toBeGreaterThan(0);
      expect(plan).toMatch(/actual time=.* rows=/);
      expect(plan).toMatch(/Buffers: shared/);
      expect(plan).toMatch(/Execution Time/);
      expect(rootOf(planJson)['Actual Rows']).toBe(rows);
    }
  });

  it('keeps values bound, whatever is written in them', async () => {
    const nasty = `x'); drop table plays; --`;
    const [statement] = await explain(
      gateway(),
      'query ($title: String) { songs(filter: { title: { eq: $title } }) { nodes { title } } }',
      { title: nasty },
    );
    expect(statement!.sql).not.toContain('drop table');
    expect(statement!.sql).toMatch(/"title" = \$1/);
    expect(statement!.plan).toContain(`x''); drop table plays; --`);
    expect(statement!.rows).toBe(0);
    await gateway().database.query('select from plays limit 1');
  });

  it('explains what only its subject or an operator may read, and how old the numbers are', async () => {
    const names = async (document: string) =>
      (await explain(gateway(), document)).map((statement) => statement.name);
    expect(
      await names(`{ listener(address: "${bob}") { totalSpent recentPlays { id } } viewFreshness { view } }`),
    ).toEqual(expect.arrayContaining(['generation', 'listener', 'listener.recentPlays']));
    expect(await names(`{ artist(address: "${alice}") { recentPlays(first: 2) { id } } }`)).toEqual([
      'artist',
      'artist.recentPlays',
    ]);
    expect(await names('{ __typename }')).toEqual([]);
  });

  it.each([
    ['SQL', 'SELECT * FROM plays', /a GraphQL document.*Unexpected Name "SELECT"/],
    ['SQL in a comment', '# drop table plays', /a GraphQL document.*Unexpected <EOF>/],
    ['what the schema lacks', '{ songz { nodes { title } } }', /Cannot query field "songz"/],
    ['a mutation', 'mutation { refreshViews { outcome } }', /expected a query.*got a mutation/],
    ['two operations', 'query A { genres { genre } } query B { genres { genre } }', /one operation, got 2/],
    ['no operation', 'fragment F on Song { title }', /never used|one operation, got 0/],
    ['monitoring', '{ monitoring { observedAt } }', /cannot explain itself, got monitoring/],
    ['itself', '{ monitoring { explain(query: "{ genres { genre } }") { sql } } }', /cannot explain itself/],
    [
      'monitoring in a fragment under another name',
      '{ ...F } fragment F on Query { a: monitoring { observedAt } }',
      /cannot explain itself/,
    ],
    ['introspection', '{ __schema { types { name } } }', /described without the database, got __schema/],
    ['introspection of a type', '{ __type(name: "Song") { name } }', /got __type/],
    ['a size that does not fit', '{ songs(first: 100000) { nodes { title } } }', /first: expected/],
  ])('refuses %s', async (_what, document, message) => {
    const refused = await refusal(gateway(), document);
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.message).toMatch(message);
  });

  it('refuses variables that do not fit', async () => {
    const document = 'query ($first: Int!) { trendingSongs(first: $first) { title } }';
    expect((await refusal(gateway(), document, [3])).message).toMatch(
      /variables: expected an object.*a list/,
    );
    expect((await refusal(gateway(), document, 'x')).message).toMatch(
      /variables: expected an object.*string/,
    );
    expect((await refusal(gateway(), document, {})).message).toMatch(/"\$first" of required type "Int!"/);
    expect((await refusal(gateway(), document, { first: 'x' })).code).toBe('BAD_USER_INPUT');
  });

  it('runs once at a time, and tells a second one so', async () => {
    const { data, errors } = await gateway().ask(
      `{ monitoring { observedAt
        a: explain(query: "{ genres { genre } }") { name }
        b: explain(query: "{ genres { genre } }") { name } } }`,
      {},
      'operator',
    );
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect(errors[0]?.message).toMatch(
      /explain: expected no other explain running on this gateway.*Try again/,
    );
    // The refused answer is sent while the first one is still at work.
    await expect
      .poll(
        async () =>
          (await gateway().ask(ExplainDocument, { query: '{ genres { genre } }' }, 'operator')).errors,
      )
      .toEqual([]);
  });

  it('is for operators alone', async () => {
    for (const asker of ['public', alice] as const) {
      const { errors, text } = await gateway().ask(
        ExplainDocument,
        { query: '{ platformStats { totalPlays } }' },
        asker,
      );
      expect(errors[0]?.extensions.code).toBe(asker === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      expect(text).not.toContain('Plan');
    }
  });

  it('leaves no trace: no metric, no transaction, and nothing of a value in the log', async () => {
    const counted: string[] = [];
    const observe = ({ name }: { name: string }) => void counted.push(name);
    gateway().database.observers.add(observe);
    await explain(gateway(), '{ searchSongs(query: "ZEBRA") { title } }', {}, true);
    gateway().database.observers.delete(observe);
    expect(counted.filter((name) => name !== 'generation')).toEqual([]);
    expect(gateway().lines.join('\n')).not.toContain('ZEBRA');
    if (kind === 'PGlite') return;
    const { rows } = await gateway().database.query(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(rows).toEqual([]);
  });
});
