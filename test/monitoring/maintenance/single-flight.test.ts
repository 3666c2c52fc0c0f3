import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { createMaintenance } from '../../../src/monitoring/maintenance/maintain.js';
import { openFresh } from '../../support/databases.js';

describe('A table', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openFresh();
  });
  afterAll(() => database?.close());

  it('is vacuumed once for all who ask meanwhile, and analyzed afterwards (G-MAINT-03)', async () => {
    let opened = 0;
    const maintenance = createMaintenance({
      openDirect: async () => {
        opened += 1;
        return database;
      },
      now: () => new Date(),
    });
    const reports = await Promise.all([
      maintenance.run('vacuum', 'plays'),
      maintenance.run('vacuum', 'plays'),
      maintenance.run('analyze', 'plays'),
      maintenance.run('vacuum', 'plays'),
      maintenance.run('analyze', 'plays'),
    ]);
    expect(reports.map(({ operation, joined }) => [operation, joined])).toEqual([
      ['vacuum', false],
      ['vacuum', true],
      ['analyze', false],
      ['vacuum', true],
      ['analyze', true],
    ]);
    expect(opened).toBe(2);
    expect((await maintenance.run('vacuum', 'plays')).joined).toBe(false);
  });

  it('can be looked after again when that failed', async () => {
    let fails = true;
    const maintenance = createMaintenance({
      openDirect: async () => {
        if (fails) throw Object.assign(new Error('nobody there'), { code: 'ECONNREFUSED' });
        return database;
      },
      now: () => new Date(),
    });
    const refused = [maintenance.run('analyze', 'songs'), maintenance.run('analyze', 'songs')];
    for (const each of refused) await expect(each).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    fails = false;
    expect((await maintenance.run('analyze', 'songs')).after.lastAnalyzeAt).not.toBeNull();
  });
});
