import type { Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { RefreshViewsDocument } from '../../src/client/operations.js';
import { openFresh } from '../support/databases.js';
import { violationsOn } from './axe.js';
import { describeInChromium, eventually, picture } from './chromium.js';
import { asOfsOn, overviewTiles } from './tiles.js';

const asOfs = '.card .as-of time';

function bar(page: Page) {
  return page.locator('.freshness');
}

/** The answer to what a page asks, whatever it has already. */
function fetchWhole(route: Route) {
  const { 'if-none-match': _, ...headers } = route.request().headers();
  return route.fetch({ headers });
}

async function stateOf(page: Page): Promise<string | null> {
  return bar(page).getAttribute('data-state');
}

describeInChromium('A dashboard', (stage) => {
  it('says that it is loading until the numbers come, and marks what is on its way as busy', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const page = await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql**', async (route) => {
          await held;
          await route.continue();
        }),
    });
    await page.locator('.waiting').first().waitFor();
    await eventually(() => page.locator('.card[aria-busy=true]').count()).toBe(overviewTiles);
    expect(await page.locator('.card[aria-busy=true]').first().textContent()).toContain('Loading');
    await eventually(() => bar(page).textContent()).toContain('Connecting');
    await picture(page, 'loading');
    expect(await violationsOn(page)).toEqual([]);
    release();
    await eventually(() => page.locator(asOfs).count()).toBe(overviewTiles);
    await eventually(() => page.locator('[aria-busy=true]').count()).toBe(0);
    await eventually(() => stateOf(page)).toBe('fresh');
  });

  it('says so when the gateway refuses, keeps the request’s number, and goes on by itself when it answers again', async () => {
    const page = await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql**', (route) =>
          route.fulfill({
            status: 503,
            headers: { 'retry-after': '1', 'x-request-id': 'req-7' },
            json: {
              errors: [
                {
                  message: 'The database cannot be reached.',
                  extensions: { code: 'UNAVAILABLE', requestId: 'req-7' },
                },
              ],
            },
          }),
        ),
    });
    // Each tile and its answer come in their own time.
    await eventually(() =>
      page.locator('.card .failed', { hasText: 'The database cannot be reached.' }).count(),
    ).toBe(overviewTiles);
    expect(await page.locator('.card .failed', { hasText: 'req-7' }).count()).toBe(overviewTiles);
    await eventually(() => stateOf(page)).toBe('failing');
    await picture(page, 'refused');
    expect(await violationsOn(page)).toEqual([]);
    await page.unroute('**/graphql**');
    // The page may have asked again by itself already, and the button is gone then.
    await page.evaluate(`document.querySelector('.card .failed button')?.click()`);
    await eventually(() => page.locator(asOfs).count()).toBe(overviewTiles);
    await eventually(() => page.locator('.failed').count()).toBe(0);
    await eventually(() => stateOf(page)).toBe('fresh');
  });

  it('says since when it is offline, leaves what it showed, and catches up when the network is back', async () => {
    const page = await stage.open('/dashboard');
    await eventually(() => page.locator(asOfs).count()).toBe(overviewTiles);
    const before = await page.locator(asOfs).first().getAttribute('datetime');
    await page.context().setOffline(true);
    await eventually(() => bar(page).textContent()).toMatch(/Offline since \d\d:\d\d:\d\d/);
    expect(await page.locator(asOfs).first().getAttribute('datetime')).toBe(before);
    await picture(page, 'offline');
    expect(await violationsOn(page)).toEqual([]);
    const { refreshViews } = await stage.gateway().read(RefreshViewsDocument, {}, 'operator');
    await page.context().setOffline(false);
    await eventually(async () => [...new Set(await asOfsOn(page))]).toEqual([refreshViews.asOf]);
    await eventually(() => stateOf(page)).toBe('fresh');
  });

  it('marks what the gateway calls stale in every tile, and takes the mark away when the database is back', async () => {
    let isAway = true;
    const page = await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql**', async (route) => {
          const response = await fetchWhole(route);
          const body = (await response.json()) as { extensions?: object };
          const json = isAway ? { ...body, extensions: { ...body.extensions, stale: true } } : body;
          await route.fulfill({ response, json });
        }),
    });
    await eventually(() => page.locator('.card .as-of.is-stale').count()).toBe(overviewTiles);
    await eventually(() => stateOf(page)).toBe('stale');
    await eventually(() => bar(page).textContent()).toContain('The database is away');
    expect(await page.locator('.as-of.is-stale').first().textContent()).toContain('Stale, as of');
    await picture(page, 'stale');
    expect(await violationsOn(page)).toEqual([]);
    isAway = false;
    await eventually(() => page.locator('.as-of.is-stale').count()).toBe(0);
    await eventually(() => stateOf(page)).toBe('fresh');
  });

  it('says when a planned refresh is late', async () => {
    const page = await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql**', async (route) => {
          const response = await fetchWhole(route);
          const body = (await response.json()) as { extensions?: { freshness?: object } };
          const freshness = {
            ...body.extensions?.freshness,
            nextRefreshAt: new Date(Date.now() - 60_000).toISOString(),
          };
          await route.fulfill({ response, json: { ...body, extensions: { freshness } } });
        }),
    });
    await eventually(() => bar(page).textContent()).toContain('The refresh is late');
  });

  it('tells a wrong operator key from a right one, and forgets it when asked to', async () => {
    const page = await stage.open('/dashboard#/health');
    await page.getByLabel('Operator key').fill('not-a-key-of-this-gateway');
    await page.getByRole('button', { name: 'Show the health' }).click();
    await page.getByRole('alert').filter({ hasText: 'does not know this operator key' }).waitFor();
    await eventually(() => page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('follows a second look at the same thing no sooner than the gateway asks it to', async () => {
    // At first for the tiles of the page, then again and again.
    const lookedAtMs: number[] = [];
    await stage.open('/dashboard', {
      before: (_context, page) =>
        page.route('**/graphql**', (route) => {
          const { searchParams } = new URL(route.request().url());
          if (searchParams.get('operationName') === 'PlatformStats') lookedAtMs.push(performance.now());
          return route.fulfill({
            status: 429,
            headers: { 'retry-after': '5' },
            json: { errors: [{ message: 'Too many.', extensions: { code: 'RATE_LIMITED' } }] },
          });
        }),
    });
    await eventually(() => lookedAtMs.length).toBeGreaterThanOrEqual(3);
    for (const each of [1, 2]) expect(lookedAtMs[each]! - lookedAtMs[each - 1]!).toBeGreaterThan(4_990);
  });
});

describeInChromium(
  'A dashboard over a database without songs',
  (stage) => {
    it('says of every tile that it is empty, and shows no number that is none', async () => {
      const page = await stage.open('/dashboard');
      await eventually(() => page.locator(asOfs).count()).toBe(overviewTiles);
      await eventually(() => page.locator('.empty').allTextContents()).toEqual([
        'No plays in the last 30 days, and none in the 30 days before.',
        'Nobody listened in the last 30 days.',
        'No songs yet.',
        'No song was played in the last 7 days.',
        'No song has a genre yet.',
        'No artists yet.',
        'No songs yet.',
      ]);
      expect(await page.locator('main').textContent()).not.toMatch(/NaN|Infinity|undefined|null/);
      await picture(page, 'empty');
      expect(await violationsOn(page)).toEqual([]);
      await page.goto(`${stage.gateway().url}/dashboard#/songs`);
      await page.getByText('No song fits.').waitFor();
    });
  },
  {},
  async () => {
    const database = await openFresh();
    await database.query('select refresh_all_materialized_views()');
    return database;
  },
);
