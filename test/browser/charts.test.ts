import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ChartEditionDocument, TopSongsSinceLastEditionDocument } from '../../src/client/operations.js';
import type { Database } from '../../src/database/database.js';
import { openFresh } from '../support/databases.js';
import { asOf } from '../support/fixture.js';
import { violationsOn } from './axe.js';
import { complaintsOf, describeInChromium, eventually, phone, picture, settled } from './chromium.js';
import { tableOn, withoutThinSpaces } from './tables.js';

const chart = '.card.chart';
const path = '.card.song-path';
const week = '.card:has(.compared)';
const charts = '/dashboard#/charts';

describeInChromium(
  'The charts page',
  (stage) => {
    it('shows the latest edition, with how each song came to its place in words', async () => {
      const page = await stage.open('/dashboard');
      await page.getByRole('link', { name: 'Charts', exact: true }).click();
      await eventually(() => rowsOn(page)).toEqual([
        ['1', 'Up 1', 'Cedar', 'Ada', '4', '4', '1', '5'],
        ['2', 'Same place', 'Alder', 'Ada', '3', '3', '1', '5'],
        ['3', 'Down 2', 'Birch', '0xb2', '2', '2', '1', '4'],
        ['4', 'New', 'Elm', '0xb2', '1', '1', '4', '1'],
        ['4', 'Re-entry', 'Untitled', '0xb2', '1', '1', '3', '2'],
      ]);
      const { chartEdition } = await stage.gateway().read(ChartEditionDocument, { first: 100 });
      expect(chartEdition?.entries.map(({ songTitle }) => songTitle)).toEqual([
        'Cedar',
        'Alder',
        'Birch',
        'Elm',
        '',
      ]);
      const signs = await page.locator(`${chart} .moved`).allInnerTexts();
      expect(signs.map((text) => text.split('\n')[0])).toEqual(['▲ 1', '=', '▼ 2', 'New', 'Re-entry']);
    });

    it('goes through the editions and keeps the focus and the address', async () => {
      const page = await stage.open(charts);
      const shown = () => page.locator(`${chart} option:checked`).textContent().then(withoutThinSpaces);
      await eventually(shown).toBe('No. 5, 20–26 Feb 2026');
      const previous = page.getByRole('button', { name: 'Previous edition' });
      const next = page.getByRole('button', { name: 'Next edition' });
      await eventually(() => previous.getAttribute('aria-disabled')).toBe('false');
      expect(await next.getAttribute('aria-disabled')).toBe('true');
      await previous.focus();
      for (const name of ['No. 4, 13–19 Feb 2026', 'No. 3, 6–12 Feb 2026', 'No. 2, 30 Jan–5 Feb 2026']) {
        await page.keyboard.press('Enter');
        await eventually(shown).toBe(name);
      }
      expect(page.url()).toContain('#/charts?week=2026-01-30');
      await page.keyboard.press('Enter');
      await eventually(() => previous.getAttribute('aria-disabled')).toBe('true');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Previous edition');
      await page.reload();
      await eventually(shown).toBe('No. 1, 23–29 Jan 2026');
      await page.getByRole('combobox', { name: 'Edition' }).selectOption({ index: 0 });
      await eventually(shown).toBe('No. 5, 20–26 Feb 2026');
      expect(page.url()).toMatch(/#\/charts$/);
    });

    it('shows the chart of a genre, and says of one without editions that there are none', async () => {
      const page = await stage.open(charts);
      const genres = page.getByRole('combobox', { name: 'Chart of' });
      await genres.selectOption('Rock');
      await page.getByRole('heading', { name: 'Chart of Rock' }).waitFor();
      await eventually(() => rowsOn(page).then((rows) => rows.map(([, , song]) => song))).toEqual([
        'Cedar',
        'Alder',
      ]);
      await genres.selectOption('Silence');
      await eventually(() => page.locator(`${chart} .empty`).textContent()).toBe(
        'This chart has no edition yet. The first refresh after a week with plays closes one.',
      );
      expect(await page.locator(path).count()).toBe(0);
      await picture(page, 'charts empty');
      expect(await violationsOn(page)).toEqual([]);
      await page.goto(`${stage.gateway().url}${charts}?week=2020-01-03&genre=Rock`);
      await page.getByText('This chart has no edition of this week.').waitFor();
    });

    it('shows the path of the song that is chosen with the keyboard, and where it was away', async () => {
      const page = await stage.open(charts, { timezoneId: 'Pacific/Apia' });
      await page.locator(`${path} a`, { hasText: 'Cedar' }).waitFor();
      const row = page.getByRole('button', { name: 'Birch' });
      await row.focus();
      await page.keyboard.press('Enter');
      await page.locator(`${path} a`, { hasText: 'Birch' }).waitFor();
      expect(await row.getAttribute('aria-pressed')).toBe('true');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Birch');
      await page.getByText('In 4 of the editions 1 to 5, best rank 1.').waitFor();
      await page.getByRole('img', { name: 'Ranks of Birch in the editions 1 to 5' }).waitFor();
      await page.locator(`${path} summary`).click();
      await eventually(() => tableOn(page, `${path} tbody tr`)).toEqual([
        ['20–26 Feb 2026', '3', 'Down 2', '2', '4'],
        ['13–19 Feb 2026', '1', 'Same place', '5', '3'],
        ['6–12 Feb 2026', '1', 'Re-entry', '6', '2'],
        ['23–29 Jan 2026', '2', 'New', '3', '1'],
      ]);
      const drawn = page.locator(`${path} .u-over`);
      const { width = 0, height = 0 } = (await drawn.boundingBox()) ?? {};
      const reading = () => page.locator(`${path} .reading`).textContent().then(withoutThinSpaces);
      await drawn.hover({ position: { x: width * 0.3, y: height / 2 } });
      await eventually(reading).toBe('No. 2: not in the chart');
      await drawn.hover({ position: { x: width * 0.5, y: height / 2 } });
      await eventually(reading).toBe('No. 3, 6–12 Feb 2026: rank 1');
    });

    it('is what the songs of the last seven days are compared with on the overview', async () => {
      const page = await stage.open('/dashboard');
      await eventually(() => rankedOn(page)).toEqual([
        ['1', 'Up 2', 'Birch', 'was 3 · 0xb2'],
        ['2', 'Same place', 'Alder', 'was 2 · Ada'],
        ['3', 'Down 2', 'Cedar', 'was 1 · Ada'],
        ['4', 'Re-entry', 'Dogwood', 'Ada'],
        ['4', 'New', 'Silent', '0xb2'],
      ]);
      const { topSongsThisWeek } = await stage.gateway().read(TopSongsSinceLastEditionDocument, {});
      expect(topSongsThisWeek.map(({ title, previousRank }) => [title, previousRank])).toEqual([
        ['Birch', 3],
        ['Alder', 2],
        ['Cedar', 1],
        ['Dogwood', null],
        ['Silent', null],
      ]);
      await page.locator(week).getByRole('link', { name: 'Ada' }).first().click();
      await page.getByRole('heading', { name: 'Ada' }).waitFor();
    });

    it('fits a small phone and a wall, light and dark, with the table open, without a complaint', async () => {
      let complaints: readonly string[] = [];
      const page = await stage.open(`${charts}?song=b`, {
        before: async (_context, page) => {
          complaints = complaintsOf(page);
        },
      });
      await page.locator(`${path} canvas`).waitFor();
      await page.locator(`${path} summary`).click();
      for (const width of [360, 2560])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ ...phone, width });
          await page.emulateMedia({ colorScheme });
          await settled(page);
          const at = `${width} ${colorScheme}`;
          await picture(page, `charts ${at}`);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, at).toBeLessThanOrEqual(0);
          expect(await violationsOn(page), at).toEqual([]);
        }
      expect(complaints).toEqual([]);
    });

    it('says that it is loading, that the gateway refuses, and that what it shows is stale', async () => {
      let state: 'held' | 'refused' | 'stale' = 'held';
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const page = await stage.open(charts, {
        before: (_context, page) =>
          page.route('**/graphql**', async (route) => {
            if (state === 'held') await held;
            if (state === 'refused')
              return route.fulfill({
                status: 503,
                headers: { 'retry-after': '1' },
                json: { errors: [{ message: 'The database is away.', extensions: { code: 'UNAVAILABLE' } }] },
              });
            const response = await route.fetch();
            const body = (await response.json()) as { extensions?: object };
            return route.fulfill({
              response,
              json: { ...body, extensions: { ...body.extensions, stale: true } },
            });
          }),
      });
      await page.locator(`${chart}[aria-busy=true] .waiting`).waitFor();
      expect(await page.locator(path).count()).toBe(0);
      expect(await violationsOn(page)).toEqual([]);
      state = 'refused';
      release();
      await page.locator(`${chart} .failed`, { hasText: 'The database is away.' }).waitFor();
      await picture(page, 'charts refused');
      expect(await violationsOn(page)).toEqual([]);
      state = 'stale';
      await eventually(() => page.locator('.card .as-of.is-stale').count()).toBe(2);
      expect(await rowsOn(page)).toHaveLength(5);
      await settled(page);
      expect(await violationsOn(page)).toEqual([]);
    });
  },
  { REFRESH_SCHEDULE: '0 0 1 1 *' },
  openWithEditions,
);

/** Five weeks of plays, and some days of the next one: songs that rise, fall, stay, leave and come back. */
async function openWithEditions(): Promise<Database> {
  const database = await openFresh();
  await database.query(`
    insert into artists (artist_address, name) values ('0xa1', 'Ada'), ('0xb2', '');
    insert into songs (song_id, title, artist_address, genre, strategy) values
      ('a', 'Alder', '0xa1', 'Rock', 'patronage'), ('b', 'Birch', '0xb2', 'Jazz', 'patronage'),
      ('c', 'Cedar', '0xa1', 'Rock', 'patronage'), ('d', 'Dogwood', '0xa1', 'Jazz', 'patronage'),
      ('e', 'Elm', '0xb2', 'Jazz', 'patronage'), ('f', '', '0xb2', null, 'patronage'),
      ('s', 'Silent', '0xb2', 'Silence', 'patronage');
    insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select song, '0xc' || n, timestamptz '2026-01-23T12:00:00Z' + week * interval '7 days', 60, 0.5
    from (values
      (0, 'a', 5), (0, 'b', 3), (0, 'f', 2), (0, 'c', 1),
      (1, 'a', 5), (1, 'c', 4),
      (2, 'b', 6), (2, 'a', 4), (2, 'c', 2),
      (3, 'b', 5), (3, 'a', 3), (3, 'c', 3), (3, 'd', 1),
      (4, 'c', 4), (4, 'a', 3), (4, 'b', 2), (4, 'e', 1), (4, 'f', 1),
      (5, 'b', 4), (5, 'a', 3), (5, 'c', 2), (5, 'd', 1), (5, 's', 1)
    ) weeks (week, song, plays) cross join generate_series(1, plays) n;
  `);
  await database.query(`select analytics.refresh('test', timestamptz '${asOf}')`);
  return database;
}

function rowsOn(page: Page): Promise<string[][]> {
  return tableOn(page, `${chart} tbody tr`);
}

/** The songs of the last seven days, each with its rank, how it came to it, its title and the line below. */
async function rankedOn(page: Page): Promise<string[][]> {
  const parts = (await page.evaluate(`[...document.querySelectorAll('${week} .ranked li')].map((item) => [
    item.querySelector('.rank').firstChild.textContent,
    ...['.rank .moved', '.ranked-title', '.under'].map((part) => {
      const copy = item.querySelector(part).cloneNode(true);
      for (const unread of copy.querySelectorAll('[aria-hidden=true]')) unread.remove();
      return copy.textContent;
    }),
  ])`)) as string[][];
  return parts;
}
