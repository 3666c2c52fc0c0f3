import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { RefreshViewsDocument } from '../../src/client/operations.js';
import { describeInChromium, eventually } from './chromium.js';
import { startTabs } from './tabs.js';
import { asOfsInPage, asOfsOn, overviewTiles } from './tiles.js';
import { type Exchange, watchNetwork } from './witness.js';

/** With BROWSER=long it is watched for a minute, and a refresh has to be shown within two seconds. */
const isLong = process.env.BROWSER === 'long';
const polls = isLong ? 25 : 2;

/** All widgets of the overview, which asks all that the public's pages ask without being told of a song or an artist. */
const widgets = [
  'PlatformStats',
  'PlatformSeries',
  'ActiveListeners',
  'TrendingSongs',
  'TopSongsSinceLastEdition',
  'Genres',
  'Artists',
];

describeInChromium('A dashboard that is left alone', (stage) => {
  it('gets nothing but 304 until there is a refresh, asks for each answer once to show it in every tile, and gets 304 again', async () => {
    const page = await stage.open('/dashboard');
    const witness = await watchNetwork(page);
    // A gateway that has just been started is brought each text once, by POST, which no browser keeps the answer of.
    await eventually(() => kindsOf(witness.exchanges)).toContain('GET 304');
    await page
      .locator('.card .as-of')
      .nth(overviewTiles - 1)
      .waitFor();
    witness.forget();

    await eventually(() => witness.exchanges.length).toBeGreaterThanOrEqual(polls);
    // One small question for all widgets, at most once a second.
    const sentAt = witness.exchanges.map(({ sentAtMs }) => sentAtMs);
    for (const [index, ms] of sentAt.slice(1).entries()) expect(ms - sentAt[index]!).toBeGreaterThan(1_000);
    expect(kindsOf(witness.exchanges)).toEqual(['GET 304']);
    expect(new Set(witness.exchanges.map(({ operation }) => operation))).toEqual(new Set(['PlatformStats']));

    witness.forget();
    const before = await asOfsOn(page);
    expect(new Set(before).size).toBe(1);
    const { refreshViews } = await stage.gateway().read(RefreshViewsDocument, {}, 'operator');
    const refreshedAt = Date.now();
    await eventually(async () => [...new Set(await asOfsOn(page))]).toEqual([refreshViews.asOf]);
    const shownAfterMs = Date.now() - refreshedAt;
    process.stdout.write(`      all ${before.length} tiles show the refresh after ${shownAfterMs} ms\n`);
    if (isLong) expect(shownAfterMs).toBeLessThan(2_000);

    const last = witness.exchanges.length;
    await eventually(() => witness.exchanges.length).toBeGreaterThanOrEqual(last + polls);
    // Each was asked for once, and nothing that came later was new.
    const fetched = witness.exchanges.filter(({ status }) => status === 200);
    expect(fetched.map(({ operation }) => operation).sort()).toEqual([...widgets].sort());
    expect(kindsOf(witness.exchanges.slice(last))).toEqual(['GET 304']);
  });

  it('shows nothing of a refresh before all of it is there, so that no two tiles are ever of two refreshes', async () => {
    const page = await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql?*operationName=Artists*', async (route) => {
          // Long enough for many frames to be drawn without it.
          await sleep(700);
          await route.continue();
        }),
    });
    await eventually(() => page.locator('.card .as-of').count()).toBe(overviewTiles);
    await watchMixtures(page);
    const { refreshViews } = await stage.gateway().read(RefreshViewsDocument, {}, 'operator');
    await eventually(async () => [...new Set(await asOfsOn(page))]).toEqual([refreshViews.asOf]);
    expect(await page.evaluate('window.mixtures')).toEqual([]);
  });

  it('asks again for all that a page shows when one comes back to it, at the price of what moved', async () => {
    const page = await stage.open('/dashboard');
    await page
      .locator('.card .as-of')
      .nth(overviewTiles - 1)
      .waitFor();
    await page.getByRole('link', { name: 'Songs', exact: true }).click();
    await page.getByRole('heading', { name: 'Songs by filter' }).waitFor();
    const witness = await watchNetwork(page);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page
      .locator('.card .as-of')
      .nth(overviewTiles - 1)
      .waitFor();
    // All of them have been answered when the page goes on to its ordinary polls.
    const answered = witness.exchanges.length;
    await eventually(() => witness.exchanges.length).toBeGreaterThan(answered + 1);
    expect(witness.exchanges.filter(({ status }) => status !== 304)).toEqual([]);
  });

  it('asks nothing as long as another tab stands before its own, and all at once when it is looked at again', async () => {
    const tabs = startTabs();
    try {
      const dashboard = await tabs.open(`${stage.gateway().url}/dashboard`);
      await eventually(() => dashboard.evaluate(`${asOfsInPage}.length`)).toBe(overviewTiles);
      await tabs.open('about:blank').then((tab) => tab.show());
      await eventually(() => dashboard.evaluate('document.visibilityState')).toBe('hidden');
      const before = await settledLength(dashboard.asked);
      const { refreshViews } = await stage.gateway().read(RefreshViewsDocument, {}, 'operator');
      await sleep(isLong ? 60_000 : 4_000);
      expect(dashboard.asked.slice(before)).toEqual([]);
      await dashboard.show();
      await eventually(() => dashboard.evaluate(asOfs)).toBe(refreshViews.asOf);
    } finally {
      await tabs.close();
    }
  });
});

const asOfs = `[...new Set(${asOfsInPage})].join()`;

/** How many there are once none has come for a second. */
async function settledLength(list: readonly unknown[]): Promise<number> {
  let length = -1;
  while (length !== list.length) {
    length = list.length;
    await sleep(1_000);
  }
  return length;
}

function kindsOf(exchanges: readonly Exchange[]): string[] {
  return [...new Set(exchanges.map(({ method, status }) => `${method} ${status}`))];
}

/** Writes down whenever a frame is drawn in which tiles are of more than one refresh. */
async function watchMixtures(page: Page): Promise<void> {
  await page.evaluate(`
    window.mixtures = [];
    const look = () => {
      const shown = new Set(${asOfsInPage});
      if (shown.size > 1) window.mixtures.push([...shown].join());
      requestAnimationFrame(look);
    };
    look();
  `);
}
