import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExplainDocument, type ExplainQuery, IndexAdviceDocument } from '../../../src/client/operations.js';
import type { Database } from '../../../src/database/database.js';
import { inMemory, openEmbedded } from '../../../src/database/embedded/embedded.js';
import { migrate } from '../../../src/database/migrations/migrate.js';
import { openFresh } from '../../support/databases.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { openServer } from '../../support/open-server.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { decoys, needs } from './cases.js';
import { type HypopgServer, hasHypopg, startHypopgServer } from './hypopg-server.js';
import { meets, suggestionsFor } from './proof.js';
import { settle, worldOf } from './world.js';

type Suggested = ExplainQuery['monitoring']['explain'][number];

async function suggested(gateway: Gateway, query: string): Promise<readonly Suggested[]> {
  const { data, errors } = await gateway.ask(ExplainDocument, { query }, 'operator');
  expect(errors).toEqual([]);
  return data!.monitoring.explain;
}

async function advice(gateway: Gateway, limit?: number) {
  const { data, errors } = await gateway.ask(IndexAdviceDocument, { limit }, 'operator');
  expect(errors).toEqual([]);
  return data!.monitoring.indexAdvice;
}

/** Enough songs that looking through all of them is no good way. */
async function loadSongs(database: Database): Promise<void> {
  await migrate(database);
  await database.query(
    `insert into artists (artist_address, name) select '0x' || n, 'Artist ' || n from generate_series(1, 500) n`,
  );
  await database.query(
    `insert into songs (song_id, title, artist_address, genre, strategy)
     select 'song-' || n, 'Title ' || n, '0x' || 1 + n % 500, 'Genre ' || n % 20, 'auction' from generate_series(1, 30000) n`,
  );
  await database.query('select refresh_all_materialized_views()');
  await database.query('vacuum analyze mv_song_analytics');
}

const songByTitle = '{ songs(filter: { title: { eq: "Title 7" } }, first: 5) { nodes { title } } }';

describe.skipIf(!hasHypopg)('Advice for a gateway whose server has HypoPG', () => {
  let server: HypopgServer;
  let gateway: Gateway;
  beforeAll(async () => {
    server = await startHypopgServer();
    const database = openServer({ connectionString: server.url });
    await database.query('create schema tools; create extension hypopg schema tools');
    await loadSongs(database);
    gateway = await startGateway(database);
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.stop();
  });

  it('is part of explain, verified, on a materialized view (G-PLAN-05)', async () => {
    const [statement] = await suggested(gateway, songByTitle);
    expect(statement!.name).toBe('songs.page');
    const [suggestion, ...others] = statement!.indexSuggestions;
    expect(others).toEqual([]);
    expect(suggestion).toMatchObject({
      ddl: 'CREATE INDEX CONCURRENTLY ON public.mv_song_analytics (title);',
      verified: true,
      needs: null,
      costBefore: statement!.totalCost,
    });
    expect(suggestion!.costAfter).toBeLessThan(statement!.totalCost / 10);
  });

  it('is empty where the published lists have their indexes already', async () => {
    for (const query of [
      '{ songs(first: 20) { nodes { title artist { artistName } } } }',
      '{ trendingSongs(first: 20, genre: "Genre 3") { title } }',
      '{ song(id: "song-7") { title artist { artistName } } }',
      '{ artist(address: "0x7") { songs(first: 5) { nodes { title } } } }',
      '{ searchSongs(query: "Title 77") { title } }',
      '{ topSongsThisWeek { title } platformStats { totalPlays } genres { genre } }',
    ])
      for (const { name, indexSuggestions } of await suggested(gateway, query))
        expect(indexSuggestions, name).toEqual([]);
  });
});

describe('Advice without HypoPG', () => {
  let server: PostgresServer;
  let database: Database;
  let gateway: Gateway;
  beforeAll(async () => {
    server = await startPostgres(18);
    database = openServer({ connectionString: server.url, statementTimeoutMs: 60_000 });
    await loadSongs(database);
    await database.query(worldOf(60_000));
    await database.query(settle);
    gateway = await startGateway(database);
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.stop();
  });

  it('names what is clear from the plan, says that it is not verified, and what that would need', async () => {
    const [statement] = await suggested(gateway, songByTitle);
    expect(statement!.indexSuggestions).toMatchObject([
      {
        ddl: 'CREATE INDEX CONCURRENTLY ON public.mv_song_analytics (title);',
        verified: false,
        needs: expect.stringContaining('hypopg'),
        costBefore: null,
        costAfter: null,
      },
    ]);
  });

  it('finds most needs, and suggests nothing for decoys', async () => {
    const missed: string[] = [];
    for (const need of needs)
      if (!(await suggestionsFor(database, need)).some((suggestion) => meets(need, suggestion)))
        missed.push(need.name);
    const wrong: string[] = [];
    for (const decoy of decoys)
      if ((await suggestionsFor(database, decoy)).length > 0) wrong.push(decoy.name);
    expect(wrong).toEqual([]);
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(4);
  });

  it('says what it needs where the server does not tell its statements, and uses them where it does', async () => {
    expect(await advice(gateway)).toEqual({
      available: false,
      needs: [expect.stringContaining('pg_stat_statements')],
      examined: 0,
      skipped: 0,
      suggestions: [],
    });
    await database.query('create extension pg_stat_statements');
    await database.query('select pg_stat_statements_reset()');
    await gateway.ask(songByTitle, {}, 'operator');
    const found = await advice(gateway);
    expect(found).toMatchObject({
      available: true,
      needs: [expect.stringContaining('hypopg')],
      suggestions: [
        {
          savedMs: null,
          index: { table: 'public.mv_song_analytics', columns: ['title'], verified: false },
          statements: [{ calls: 1, sql: expect.stringContaining('mv_song_analytics') }],
        },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('Title 7');
  });

  it('is unavailable, rather than empty, when the connection is lost while a statement is planned', async () => {
    // The planner evaluates immutable functions, and this one ends the session that calls it.
    await database.query(`
      create table trap (is_set boolean);
      create function end_session() returns int immutable language plpgsql as $$
        begin
          if exists (select from trap where is_set) then perform pg_terminate_backend(pg_backend_pid()); end if;
          return 1;
        end $$;
      select pg_stat_statements_reset()`);
    await database.query('select id from colors where id = end_session()');
    await database.query('insert into trap values (true)');
    const { errors } = await gateway.ask(IndexAdviceDocument, {}, 'operator');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    await database.query('delete from trap');
    expect(await advice(gateway)).toMatchObject({ available: true });
  });

  it.each([0, 101])('refuses a limit of %i', async (limit) => {
    const { errors } = await gateway.ask(IndexAdviceDocument, { limit }, 'operator');
    expect(errors[0]).toMatchObject({
      message: `limit: expected 1 to 100, got ${limit}`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('Advice in the embedded database', () => {
  it('suggests indexes for the statements that were executed', async () => {
    const database = await openEmbedded(inMemory);
    await loadSongs(database);
    const gateway = await startGateway(database);
    try {
      for (let n = 0; n < 3; n += 1) await gateway.ask(songByTitle, {}, 'operator');
      const { available, examined, suggestions } = await advice(gateway);
      expect(available).toBe(true);
      expect(examined).toBeGreaterThan(0);
      expect(suggestions!.map(({ index }) => index)).toContainEqual(
        expect.objectContaining({ table: 'public.mv_song_analytics', columns: ['title'] }),
      );
    } finally {
      await gateway.close();
    }
  });

  it('says what it needs where statements are not counted, and is for operators alone', async () => {
    const database = await openFresh('fixture');
    const gateway = await startGateway(database);
    try {
      expect(await advice(gateway)).toMatchObject({ available: false });
      expect(await suggested(gateway, songByTitle)).toMatchObject([{ indexSuggestions: [] }]);
      const { errors } = await gateway.ask(IndexAdviceDocument, {}, 'public');
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    } finally {
      await gateway.close();
    }
  });
});
