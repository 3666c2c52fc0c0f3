import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../../src/database/migrations/migrate.js';
import { loadFixture } from '../../../support/fixture.js';
import { type Gateway, startGateway } from '../../../support/gateway.js';
import { openServer } from '../../../support/open-server.js';
import { type PostgresServer, startPostgres } from '../../../support/postgres.js';
import { askMonitoring } from '../questions.js';

for (const version of [15, 18] as const)
  describe(`Statements on PostgreSQL ${version}`, () => {
    let server: PostgresServer;
    let gateway: Gateway;
    let admin: pg.Client;
    const fields =
      'id name query calls totalTimeMs meanTimeMs minTimeMs maxTimeMs rows hitRatio ioTimeMs pagesRead';
    const list = async (args = '(limit: 500)') => {
      const { statements } = await askMonitoring(
        gateway,
        `statements${args} { available needs items { ${fields} } }`,
      );
      return statements!;
    };

    beforeAll(async () => {
      server = await startPostgres(version);
      const database = openServer({ connectionString: server.url, poolSize: 3 });
      await migrate(database);
      await loadFixture(database);
      gateway = await startGateway(database);
      admin = new pg.Client(server.url);
      await admin.connect();
    });
    afterAll(async () => {
      await admin?.end();
      await gateway?.close();
      await server?.stop();
    });

    it('say what they need while the extension is missing', async () => {
      expect(await list()).toEqual({
        available: false,
        needs: expect.stringContaining('CREATE EXTENSION pg_stat_statements'),
        items: null,
      });
    });

    it('are those of this database, by the name that the gateway gave them, without values or utilities (G-DB-14)', async () => {
      await admin.query('create schema tools; create extension pg_stat_statements schema tools');
      const elsewhere = new pg.Client(server.url.replace(/postgres$/, 'template1'));
      await elsewhere.connect();
      await elsewhere.query(`select 'elsewhere' as elsewhere_alone`);
      await elsewhere.end();
      await admin.query(`create role canary login password 'canary-password'`);
      await admin.query(
        `/* a note */ select count(*), 'canary-value' from songs where title = 'canary-title'`,
      );
      await admin.query(`explain select 'canary-explained'`);
      for (let n = 0; n < 3; n += 1) await gateway.ask('{ genres { genre totalPlays } }', {}, 'operator');
      const { available, needs, items } = await list();
      expect([available, needs]).toEqual([true, null]);
      const text = JSON.stringify(items);
      expect(text).not.toMatch(/canary|elsewhere_alone/);
      expect(
        items!.every((each) =>
          /^\(*(select|insert|update|delete|merge|with|values|table)\b/i.test(String(each.query)),
        ),
      ).toBe(true);
      const genres = items!.find((each) => each.name === 'genres')!;
      expect(Number(genres.calls)).toBeGreaterThanOrEqual(1);
      expect(genres.ioTimeMs).toBeNull();
      expect(Number(genres.meanTimeMs) * Number(genres.calls)).toBeCloseTo(Number(genres.totalTimeMs), 3);
      await admin.query(`alter system set track_io_timing = on`);
      await admin.query('select pg_reload_conf()');
      await expect.poll(async () => (await list()).items!.every((each) => each.ioTimeMs !== null)).toBe(true);
    });

    it('come in the requested order, at most as many as requested', async () => {
      const keys = {
        TOTAL_TIME: 'totalTimeMs',
        MEAN_TIME: 'meanTimeMs',
        CALLS: 'calls',
      } as const;
      for (const [order, key] of Object.entries(keys)) {
        const { items } = await list(`(limit: 7, orderBy: ${order})`);
        const values = items!.map((each) => Number(each[key]));
        expect(values).toHaveLength(7);
        expect(values).toEqual(values.toSorted((one, other) => other - one));
      }
      expect((await list('(orderBy: IO, limit: 1)')).items).toHaveLength(1);
    });
  });
