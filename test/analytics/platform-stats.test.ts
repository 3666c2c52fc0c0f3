import { expect, it } from 'vitest';
import { PlatformStatsDocument } from '../../src/client/operations.js';
import { describeEachGateway } from '../support/gateway.js';
import { canonical, readTruth } from './truth.js';

describeEachGateway('The totals of the platform', (gateway) => {
  it('are those that the three tables give, in every column (G-VIEW-03)', async () => {
    const { platformStats } = await gateway().read(PlatformStatsDocument);
    const [truth] = await readTruth(gateway().database, 'mv_platform_stats');
    expect(canonical(platformStats)).toEqual(truth);
  });

  it('hold sums of 18 digits to the last one', async () => {
    const { platformStats } = await gateway().read(PlatformStatsDocument);
    const { rows } = await gateway().database.query('select sum(amount_paid)::text as sum from plays');
    expect(platformStats.totalVolume).toBe(rows[0]?.sum);
    expect(String(Number(platformStats.totalVolume))).not.toBe(platformStats.totalVolume);
  });
});
