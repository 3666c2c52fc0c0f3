import { expect, it } from 'vitest';
import { viewNames } from '../../src/catalogue/index.js';
import { ArtistsDocument, RefreshViewsDocument, ViewFreshnessDocument } from '../../src/client/operations.js';
import { asOf } from '../support/fixture.js';
import { describeEachGateway } from '../support/gateway.js';

describeEachGateway('The age of the views', (gateway) => {
  it('is public, and the same instant for all six', async () => {
    const { viewFreshness } = await gateway().read(ViewFreshnessDocument);
    expect(viewFreshness.map((one) => one.view)).toEqual(viewNames.map((name) => name.toUpperCase()));
    for (const one of viewFreshness) {
      expect(one).toMatchObject({ lastRefreshed: asOf, generation: 1, nextRefreshAt: null });
      expect(one.hoursOld).toBeCloseTo((one.ageSeconds ?? 0) / 3600, 6);
      expect(one.stale).toBe((one.hoursOld ?? 0) > 1);
      expect(one.refreshDurationMs).toBeGreaterThan(0);
      expect(one.rowsChanged).toBeGreaterThan(0);
    }
  });

  it('starts again with a refresh that an operator asks for, and the numbers move with it', async () => {
    const { refreshViews } = await gateway().read(RefreshViewsDocument, {}, 'operator');
    expect(refreshViews).toMatchObject({
      outcome: 'REFRESHED',
      kind: 'INCREMENTAL',
      reason: null,
      generation: 2,
      viewsRefreshed: viewNames.length,
    });
    expect(refreshViews.views.map((one) => one.view)).toEqual(viewNames.map((name) => name.toUpperCase()));
    expect(refreshViews.asOf).not.toBe(asOf);

    const { viewFreshness } = await gateway().read(ViewFreshnessDocument);
    for (const one of viewFreshness)
      expect(one).toMatchObject({ lastRefreshed: refreshViews.asOf, generation: 2, stale: false });
    const { artists } = await gateway().read(ArtistsDocument, { first: 100 });
    expect(new Set(artists.nodes.map((artist) => artist.lastRefreshed))).toEqual(
      new Set([refreshViews.asOf]),
    );
  });

  it('is reported for the requested views, though all six move', async () => {
    const { refreshViews } = await gateway().read(
      RefreshViewsDocument,
      { views: ['MV_GENRE_STATS'] },
      'operator',
    );
    expect(refreshViews.views.map((one) => one.view)).toEqual(['MV_GENRE_STATS']);
    expect(refreshViews.viewsRefreshed).toBe(viewNames.length);
  });
});
