import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  ActiveListenersDocument,
  ArtistSeriesDocument,
  GenreSeriesDocument,
  PlatformSeriesDocument,
  type PlatformSeriesQuery,
  SongSeriesDocument,
} from '../../src/client/operations.js';
import type { Database } from '../../src/database/database.js';
import { openFresh } from '../support/databases.js';
import { alice, asOf } from '../support/fixture.js';
import type { Gateway } from '../support/gateway.js';
import { violationsOn } from './axe.js';
import { complaintsOf, describeInChromium, eventually, phone, picture, settled } from './chromium.js';

const card = '.card.series:has(.controls)';

type ComparedSeries = PlatformSeriesQuery['platformStats']['series'];

interface Asked {
  readonly granularity: 'HOUR' | 'DAY' | 'MONTH';
  readonly last: number;
  readonly timeZone: string;
  readonly compareTo: 'PREVIOUS_PERIOD';
}

interface Place {
  readonly name: string;
  readonly path: string;
  readonly ask: (gateway: Gateway, asked: Asked) => Promise<ComparedSeries | undefined>;
}

const overview: Place = {
  name: 'the overview',
  path: '/dashboard',
  ask: async (gateway, asked) => (await gateway.read(PlatformSeriesDocument, asked)).platformStats.series,
};

const places: readonly Place[] = [
  overview,
  {
    name: 'a genre',
    path: '/dashboard#/genre/Rock',
    ask: async (gateway, asked) =>
      (await gateway.read(GenreSeriesDocument, { name: 'Rock', ...asked })).genre?.series,
  },
  {
    name: 'an artist',
    path: `/dashboard#/artist/${alice}`,
    ask: async (gateway, asked) =>
      (await gateway.read(ArtistSeriesDocument, { address: alice, ...asked })).artist?.series,
  },
  {
    name: 'a song',
    path: '/dashboard#/song/song-07',
    ask: async (gateway, asked) =>
      (await gateway.read(SongSeriesDocument, { id: 'song-07', ...asked })).song?.series,
  },
];

const ranges = [
  { short: '24 hours', name: 'Last 24 hours', granularity: 'HOUR', last: 24 },
  { short: '30 days', name: 'Last 30 days', granularity: 'DAY', last: 30 },
  { short: '90 days', name: 'Last 90 days', granularity: 'DAY', last: 90 },
  { short: '12 months', name: 'Last 12 months', granularity: 'MONTH', last: 12 },
] as const;

describeInChromium(
  'Plays over time',
  (stage) => {
    const askOf = (
      place: Place,
      { granularity, last }: Pick<Asked, 'granularity' | 'last'>,
      timeZone = 'UTC',
    ) =>
      place
        .ask(stage.gateway(), { granularity, last, timeZone, compareTo: 'PREVIOUS_PERIOD' })
        .then((series) => series as ComparedSeries);

    it.each(places)(
      'show on the page of $name what the gateway answers for every range, in the zone of the viewer',
      async (place) => {
        const page = await stage.open(place.path, { timezoneId: 'Asia/Tehran' });
        for (const range of ranges) {
          await page.locator(card).getByLabel(range.short, { exact: true }).check();
          await page.locator(`${card} .figure dt`, { hasText: range.name }).first().waitFor();
          const series = await askOf(place, range, 'Asia/Tehran');
          expect(series.buckets).toHaveLength(range.last);
          const [total, before] = await page.locator(`${card} .figure-value`).allTextContents();
          expect(total).toBe(wholeNumber(series.totals.plays));
          expect(before).toBe(wholeNumber(series.previous?.totals.plays as number));
          expect(await tableOn(page, card)).toEqual(
            series.buckets
              .map(({ start, isPartial, plays, earnings }) => ({
                start,
                isMarked: isPartial,
                plays: wholeNumber(plays),
                earnings: `${earnings} FLOW`,
              }))
              .reverse(),
          );
        }
        await eventually(() => page.locator(card).textContent()).toContain('in Asia/Tehran, your time zone');
      },
    );

    it('can be chosen with the keyboard alone, and stay as they were chosen on other pages and in the next visit', async () => {
      const page = await stage.open('/dashboard', { timezoneId: 'UTC' });
      await page.locator(`${card} .figure`).first().waitFor();
      await page.locator(card).getByLabel('30 days', { exact: true }).focus();
      await page.keyboard.press('ArrowRight');
      await page.locator(`${card} .figure dt`, { hasText: 'Last 90 days' }).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.locator(`${card} .figure dt`, { hasText: 'Last 12 months' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowRight');
      const series = await askOf(overview, ranges[3]);
      const flow = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      const earned = `${flow.format(series.totals.earnings as unknown as number)} FLOW`;
      await eventually(() => page.locator(`${card} .figure-value`).first().textContent()).toBe(earned);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await eventually(() => page.locator(`${card} tbody tr`).count()).toBe(12);

      const chosen = () => page.locator(`${card} input:checked + span`).allTextContents();
      await page.reload();
      await page.locator(`${card} .figure dt`, { hasText: 'Last 12 months' }).waitFor();
      await eventually(chosen).toEqual(['12 months', 'FLOW earned']);
      await page.goto(`${stage.gateway().url}/dashboard#/song/song-07`);
      await page.locator(`${card} .figure dt`, { hasText: 'Last 12 months' }).waitFor();
      await eventually(chosen).toEqual(['12 months', 'FLOW earned']);
    });

    it('are compared with the same part of the period before, in percent only where there was something', async () => {
      const page = await stage.open('/dashboard', { timezoneId: 'UTC' });
      await page.locator(`${card} .figure dt`, { hasText: '30 days before' }).waitFor();
      const { totals, previousToDate } = await askOf(overview, ranges[1]);
      const ratio = totals.plays / (previousToDate?.plays as number) - 1;
      const percent = new Intl.NumberFormat('en', {
        style: 'percent',
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        signDisplay: 'exceptZero',
      });
      expect(previousToDate?.plays).toBeGreaterThan(0);
      const change = page.locator(`${card} .figure`, { hasText: 'Change' }).locator('.figure-value');
      await eventually(() => change.textContent()).toBe(percent.format(ratio));

      await page.locator(card).getByLabel('24 hours', { exact: true }).check();
      await page.locator(`${card} .figure dt`, { hasText: '24 hours before' }).waitFor();
      const day = await askOf(overview, ranges[0]);
      expect([day.totals.plays > 0, day.previousToDate?.plays]).toEqual([true, 0]);
      await eventually(() => change.textContent()).toBe('no plays before');
    });

    it('name the bucket that is not over yet, below the picture and in the table', async () => {
      const page = await stage.open('/dashboard', { timezoneId: 'UTC' });
      await eventually(() => page.locator(`${card} figcaption .key`).allTextContents()).toEqual([
        '30 days before',
        'Last 30 days',
        'Sun, 1 Mar 2026, not over yet',
      ]);
      const rows = await tableOn(page, card);
      expect(rows.filter(({ isMarked }) => isMarked).map(({ start }) => start)).toEqual([
        '2026-03-01T00:00:00.000Z',
      ]);
    });

    it('tell the values under the pointer', async () => {
      const page = await stage.open('/dashboard', { timezoneId: 'UTC' });
      const drawn = page.locator(`${card} .u-over`);
      await drawn.waitFor();
      const { width = 0, height = 0 } = (await drawn.boundingBox()) ?? {};
      await drawn.hover({ position: { x: width - 2, y: height / 2 } });
      const { buckets, previous } = await askOf(overview, ranges[1]);
      await eventually(() => page.locator(`${card} .reading`).textContent()).toBe(
        `Sun, 1 Mar 2026, not over yet: ${buckets.at(-1)?.plays}; Fri, 30 Jan 2026: ${previous?.buckets.at(-1)?.plays}`,
      );
    });

    it('say of a song without plays that there are none, in place of a picture', async () => {
      const page = await stage.open('/dashboard#/song/song-20');
      await eventually(() => page.locator(`${card} .empty`).textContent()).toBe(
        'No plays in the last 30 days, and none in the 30 days before.',
      );
      expect(await page.locator(`${card} canvas`).count()).toBe(0);
      expect(await page.locator(card).textContent()).not.toMatch(/NaN|Infinity|undefined|null/);
      await page.locator(card).getByLabel('24 hours', { exact: true }).check();
      await page.getByText('No plays in the last 24 hours, and none in the 24 hours before.').waitFor();
    });

    it('show no number of another range while those of the chosen one are on their way', async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const page = await stage.open('/dashboard', {
        before: (_context, page) =>
          page.route('**/graphql**', async (route) => {
            const { searchParams } = new URL(route.request().url());
            const isSeries = searchParams.get('operationName') === 'PlatformSeries';
            if (isSeries && searchParams.get('variables')?.includes('"last":90')) await held;
            await route.continue();
          }),
      });
      await page.locator(`${card} .figure`).first().waitFor();
      await page.locator(card).getByLabel('90 days', { exact: true }).check();
      await eventually(() => page.locator(`${card}[aria-busy=true] .waiting`).count()).toBe(1);
      expect(await page.locator(`${card} .figure`).count()).toBe(0);
      expect(await page.locator(`${card} canvas`).count()).toBe(0);
      release();
      await page.locator(`${card} .figure dt`, { hasText: 'Last 90 days' }).waitFor();
      await eventually(() => page.evaluate('document.activeElement.value')).toBe('90-days');
    });

    it('are in UTC, and say so, for a viewer whose time zone the gateway refuses', async () => {
      const page = await stage.open('/dashboard', {
        before: (_context, page) =>
          page.addInitScript(`{
            const { resolvedOptions } = Intl.DateTimeFormat.prototype;
            Intl.DateTimeFormat.prototype.resolvedOptions = function () {
              return { ...resolvedOptions.call(this), timeZone: 'CET' };
            };
          }`),
      });
      await page.locator(`${card} .figure`).first().waitFor();
      await eventually(() => page.locator(card).textContent()).toContain(
        'Days in UTC, because this gateway does not know your time zone, CET.',
      );
      expect(await page.locator('.failed').count()).toBe(0);
      const { totals } = await askOf(overview, ranges[1]);
      await eventually(() => page.locator(`${card} .figure-value`).first().textContent()).toBe(
        wholeNumber(totals.plays),
      );
    });

    it.each(places)(
      'fit $name on a small phone and on a wall, light and dark, with the tables open, without a complaint',
      async (place) => {
        let complaints: readonly string[] = [];
        const page = await stage.open(place.path, {
          timezoneId: 'UTC',
          before: async (_context, page) => {
            complaints = complaintsOf(page);
          },
        });
        await page.locator(`${card} canvas`).waitFor();
        await settled(page);
        const summaries = await page.locator('summary').all();
        for (const summary of summaries) await summary.click();
        await eventually(() => page.locator('details[open] table').count()).toBe(summaries.length);
        for (const viewport of [
          { ...phone, width: 360 },
          { width: 2560, height: 1440 },
        ])
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            await settled(page);
            const at = `${viewport.width} ${colorScheme}`;
            await picture(page, `series on ${place.name} ${at}`);
            const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
            expect(overflow, at).toBeLessThanOrEqual(0);
            // Colors do not depend on the width: each is looked at once, on another width than in the other tests.
            if ((viewport.width === 360) === (colorScheme === 'light'))
              expect(await violationsOn(page), at).toEqual([]);
          }
        expect(complaints).toEqual([]);
      },
    );
  },
  { REFRESH_SCHEDULE: '0 0 1 1 *' },
  openWithEarlierPlays,
);

describeInChromium('Active listeners', (stage) => {
  it('are those of each of the last 30 days, as a picture and as a table', async () => {
    const page = await stage.open('/dashboard');
    const active = '.card.series:not(:has(.controls))';
    await page.locator(`${active} canvas`).waitFor();
    await eventually(() => page.locator(`${active} figcaption`).textContent()).toContain(
      'Sun, 1 Mar 2026, not over yet',
    );
    const { platformStats } = await stage
      .gateway()
      .read(ActiveListenersDocument, { granularity: 'DAY', last: 30 });
    const { buckets } = platformStats.activeListeners;
    expect(buckets.some(({ listeners }) => Number(listeners) > 1)).toBe(true);
    const rows = await tableOn(page, active);
    expect(rows.map(({ start, isMarked, plays }) => [start, isMarked, plays])).toEqual(
      buckets.map(({ start, isPartial, listeners }) => [start, isPartial, String(listeners)]).reverse(),
    );
  });
});

/** The fixture, with some plays of last month and of autumn. */
async function openWithEarlierPlays(): Promise<Database> {
  const database = await openFresh('fixture');
  await database.query(`insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select 'song-07', '0xc1', timestamptz '${asOf}' - (30 + n * 5) * interval '1 day', 40 + n * 30, 0.25
    from generate_series(1, 12) n`);
  await database.query(`select analytics.refresh('test', timestamptz '${asOf}' + interval '1 second')`);
  return database;
}

function wholeNumber(value: number): string {
  return new Intl.NumberFormat('en').format(value);
}

interface Row {
  readonly start: string;
  readonly isMarked: boolean;
  /** The first number of the row. */
  readonly plays: string;
  readonly earnings?: string;
}

/** The table behind a picture, opened. */
async function tableOn(page: Page, card: string): Promise<Row[]> {
  const details = page.locator(`${card} details`);
  if (!(await details.getAttribute('open').then((open) => open !== null)))
    await details.locator('summary').click();
  await details.locator('tbody tr').first().waitFor();
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(`${card} tbody tr`)})].map((row) => ({
    start: row.querySelector('time').dateTime,
    isMarked: row.querySelector('th').textContent.endsWith('not over yet'),
    plays: row.cells[1].textContent,
    ...(row.cells[2] && { earnings: row.cells[2].firstChild.title }),
  }))`) as Promise<Row[]>;
}
