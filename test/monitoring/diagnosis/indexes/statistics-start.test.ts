import { expect, it } from 'vitest';
import { listIndexUsage } from '../../../../src/monitoring/diagnosis/indexes/index-usage.js';
import { listUnusedIndexes } from '../../../../src/monitoring/diagnosis/indexes/unused-indexes.js';
import { describeEachDatabase } from '../../../support/databases.js';

describeEachDatabase('The usage of indexes', (open) => {
  it('comes with the start of the statistics, even without any index', async () => {
    const database = await open();
    try {
      await database.query('drop schema analytics cascade');
      await database.query('drop schema public cascade');
      const unused = await listUnusedIndexes(database.reader);
      expect(unused).toMatchObject({ items: [], kept: [] });
      const since = Date.parse(unused.observedSince!);
      expect(since).toBeGreaterThan(Date.parse('2020-01-01'));
      expect(since).toBeLessThanOrEqual(Date.now() + 1_000);
      expect(unused.observedForSeconds).toBeCloseTo((Date.now() - since) / 1_000, -1);
      expect(await listIndexUsage(database.reader)).toMatchObject({
        items: [],
        observedSince: unused.observedSince,
      });
    } finally {
      await database.close();
    }
  });
});
