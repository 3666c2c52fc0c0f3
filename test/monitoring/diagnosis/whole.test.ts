import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/database/migrations/migrate.js';
import { openFresh } from '../../support/databases.js';
import { loadFixture } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { openServer } from '../../support/open-server.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { askMonitoring, everything, type Facts, sectionsOf } from './questions.js';

/** What every database has to be able to tell. */
const always = [
  'database',
  'database.bufferCache',
  'database.connectionStates',
  'database.viewSizes',
  'database.wraparound',
  'duplicateIndexes',
  'indexUsage',
  'invalidIndexes',
  'tables',
  'unusedIndexes',
];

function unavailableIn(facts: Facts): Record<string, string | null> {
  const sections = Object.entries(sectionsOf(facts)).filter(([, section]) => !section.available);
  for (const [path, { available: _, needs: __, ...values }] of sections)
    expect(
      Object.values(values).every((value) => value === null),
      path,
    ).toBe(true);
  return Object.fromEntries(sections.map(([path, section]) => [path, section.needs]));
}

/** What nobody has to look after: nothing is reported of a database that was migrated and filled just now. */
function expectSilence(facts: Facts): void {
  for (const section of ['unusedIndexes', 'duplicateIndexes', 'invalidIndexes'])
    expect(facts[section]?.items, section).toEqual([]);
  expect(facts.longRunningQueries?.items ?? []).toEqual([]);
}

describe('All facts in one question', () => {
  describe('on PGlite', () => {
    let gateway: Gateway;
    beforeAll(async () => {
      const database = await openFresh('fixture');
      gateway = await startGateway(database);
    });
    afterAll(() => gateway?.close());

    it('say what a single session cannot see, and are silent of a healthy database (G-DB-01)', async () => {
      const facts = await askMonitoring(gateway, everything);
      expect(unavailableIn(facts)).toEqual({
        'database.replication': expect.stringContaining('the embedded database cannot be replicated'),
        'database.waitEvents': expect.stringContaining('single session'),
        longRunningQueries: expect.stringContaining('single session'),
        statements: expect.stringContaining('was opened without'),
      });
      expect(facts.database).toMatchObject({ isEmbedded: true, connections: 1, maxConnections: 1 });
      expect(facts.database?.version).toMatch(/^1[78]/);
      expectSilence(facts);
    });
  });

  describe('on PostgreSQL 15 for a user without any right but to its own', () => {
    let server: PostgresServer;
    let other: pg.Client;
    let gateway: Gateway;
    beforeAll(async () => {
      server = await startPostgres(15);
      const admin = new pg.Client(server.url);
      await admin.connect();
      await admin.query(`create role plain login password 'plain' nosuperuser`);
      await admin.query('create database music owner plain');
      await admin.end();
      other = new pg.Client(server.url.replace(/postgres$/, 'music'));
      await other.connect();
      await other.query('create extension pg_stat_statements');
      await other.query(`select 'what the other user is doing'`);
      const url = new URL(server.url);
      url.username = url.password = 'plain';
      url.pathname = '/music';
      const database = openServer({ connectionString: url.href, poolSize: 3 });
      await migrate(database);
      await loadFixture(database);
      gateway = await startGateway(database);
    });
    afterAll(async () => {
      await other?.end();
      await gateway?.close();
      await server?.stop();
    });

    it('answer what it may see, and say what the rest needs (G-DB-02)', async () => {
      const facts = await askMonitoring(gateway, everything);
      expect(unavailableIn(facts)).toEqual({});
      const sections = sectionsOf(facts);
      expect(Object.keys(sections)).toEqual(expect.arrayContaining(always));
      const lacking = Object.entries(sections).filter(([, section]) => section.needs !== null);
      expect(Object.fromEntries(lacking.map(([path, { needs }]) => [path, needs]))).toEqual({
        'database.connectionStates': expect.stringMatching(
          /pg_read_all_stats.*1 session of other users is hidden/,
        ),
        'database.waitEvents': expect.stringContaining('pg_read_all_stats'),
        longRunningQueries: expect.stringMatching(/pg_read_all_stats.*1 session of other users is hidden/),
        statements: expect.stringMatching(/pg_read_all_stats.*\d+ statements of other users are hidden/),
      });
      expect(sections['database.connectionStates']).toMatchObject({ hidden: 1 });
      expect(JSON.stringify(facts)).not.toContain('what the other user is doing');
      expect(facts.statements?.items?.length).toBeGreaterThan(0);
      expectSilence(facts);
    });
  });

  describe('on PostgreSQL 18 for a superuser', () => {
    let server: PostgresServer;
    let gateway: Gateway;
    beforeAll(async () => {
      server = await startPostgres(18);
      const database = openServer({ connectionString: server.url, poolSize: 3 });
      await migrate(database);
      await loadFixture(database);
      await database.query('create extension pg_stat_statements');
      gateway = await startGateway(database);
    });
    afterAll(async () => {
      await gateway?.close();
      await server?.stop();
    });

    it('are all there, and silent of a healthy database (G-DB-03)', async () => {
      await gateway.ask('{ songs(first: 3) { nodes { title } } }');
      const facts = await askMonitoring(gateway, everything);
      const sections = sectionsOf(facts);
      expect(Object.values(sections).filter((section) => !section.available)).toEqual([]);
      expect(Object.values(sections).filter((section) => section.needs !== null)).toEqual([]);
      expect(Object.keys(sections)).toHaveLength(always.length + 4);
      expectSilence(facts);
      expect(facts.database).toMatchObject({
        version: expect.stringMatching(/^18/),
        maxConnections: 200,
        isEmbedded: false,
        replication: { isReplica: false, replicas: [], slots: [] },
      });
      expect(facts.database?.sizeBytes).toBeGreaterThan(5_000_000);
      expect(facts.database?.cacheHitRatio).toBeGreaterThan(0.5);
    });

    it('name the index of every order and key that lies unused, and why it stays (G-DB-07)', async () => {
      const { unusedIndexes } = await askMonitoring(
        gateway,
        'unusedIndexes { kept { index table neededFor ddl } observedSince observedForSeconds }',
      );
      const kept = unusedIndexes?.kept as { index: string; neededFor: string[]; ddl: string | null }[];
      const reasonsOf = (index: string) => kept.find((each) => each.index === index)?.neededFor;
      expect(reasonsOf('mv_song_analytics_play_count_idx')).toEqual(['VIEW_ORDER']);
      expect(reasonsOf('mv_artist_analytics_key')).toEqual(['UNIQUENESS', 'CONCURRENT_REFRESH']);
      expect(reasonsOf('plays_listener_address_played_at_idx')).toEqual(['ENGINE']);
      expect(kept.filter((each) => each.neededFor.includes('TOO_EARLY_TO_TELL'))).toEqual([]);
      expect(kept.every((each) => each.ddl === null)).toBe(true);
      expect(kept.some((each) => /plays_(default|y?\d)/.test(each.index))).toBe(false);
      expect(Date.parse(unusedIndexes?.observedSince as string)).toBeLessThanOrEqual(Date.now());
    });
  });
});
