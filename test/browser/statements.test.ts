import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { StatementTotalsDocument } from '../../src/client/operations.js';
import type { Database } from '../../src/database/database.js';
import { openFresh } from '../support/databases.js';
import { violationsOn } from './axe.js';
import {
  complaintsOf,
  describeInChromium,
  eventually,
  operatorSecret,
  phone,
  picture,
  settled,
} from './chromium.js';
import { tableOn } from './tables.js';

const ada = '0xa1';
const list = '.card.list';
const statement = '.card.statement';
const ofAda = `/dashboard#/artist/${ada}/statements`;
const operatorKey = operatorSecret;
const privateOperations = /StatementTotals|OpenStatement|ClosedStatement/;

describeInChromium(
  'The statements page',
  (stage) => {
    it('is private: it asks for the operator key, tells a wrong one from a right one, and forgets what it showed', async () => {
      let asked: readonly string[] = [];
      const page = await stage.open(`/dashboard#/artist/${ada}`, {
        before: async (_context, page) => {
          asked = privatelyAsked(page);
        },
      });
      await page.getByRole('link', { name: 'Statements by month' }).press('Enter');
      await page.getByRole('heading', { name: 'Statements are private' }).waitFor();
      await page.getByRole('heading', { name: 'Ada' }).waitFor();
      await picture(page, 'statements private');
      expect(await violationsOn(page)).toEqual([]);
      await page.getByLabel('Operator key').fill('not-a-key-of-this-gateway');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').filter({ hasText: 'does not know this operator key' }).waitFor();
      expect(asked).toEqual([]);
      await page.getByLabel('Operator key').fill(operatorKey);
      await page.keyboard.press('Enter');
      await page.locator(`${list} tbody tr`).first().waitFor();
      // By POST with the key, and never by the hash that shared answers go by.
      await eventually(() => [...new Set(asked)].sort()).toEqual([
        `POST OpenStatement Bearer ${operatorKey}`,
        `POST StatementTotals Bearer ${operatorKey}`,
      ]);
      await page.getByRole('button', { name: 'Forget the operator key' }).press('Enter');
      await page.getByRole('heading', { name: 'Statements are private' }).waitFor();
      expect(await page.locator('main').textContent()).not.toContain('FLOW');
      await page.getByRole('link', { name: 'Figures and songs' }).click();
      await page.getByText('Most played songs').first().waitFor();
    });

    it('shows the open month and the closed statements, and that they add up to the total of the artist', async () => {
      const page = await stage.open(ofAda, { operatorKey, timezoneId: 'UTC' });
      const { artist } = await stage
        .gateway()
        .read(StatementTotalsDocument, { address: ada, first: 100 }, 'operator');
      const closed = artist?.statements?.edges.map(({ node }) => node) ?? [];
      const open = artist?.openStatement;
      expect(closed).toHaveLength(13);
      await eventually(() => figuresOn(page, '.card.series')).toEqual({
        'Closed statements': '20.00 FLOW13 months, 40 plays',
        'Open month': '4.10 FLOWMarch 2026, 4 plays',
        'Earned in total': '24.10 FLOW44 plays',
      });
      expect(artist).toMatchObject({ totalPlays: 44, totalEarnings: expect.stringMatching(/^24\.10*$/) });
      expect(await page.locator('.sum').textContent()).toMatch(
        /^20\.0+ \+ 4\.10+ = 24\.10+ FLOW\. .+ to the last digit\.$/,
      );
      await eventually(() => tableOn(page, `${list} tbody tr`)).toEqual([
        ['March 2026', 'not yet', '3', '4.50', '-0.40', '4.10'],
        ['February 2026', '2 Mar 2026, 08:00', '14', '7.00', '1.00', '8.00'],
        ['January 2026', '10 Feb 2026, 12:00', '2', '1.00', '0.00', '1.00'],
        ...['December', 'November', 'October', 'September', 'August'].map((month) =>
          monthOfTwo(`${month} 2025`),
        ),
        // Nothing was played in June.
        ...['July', 'May', 'April', 'March'].map((month) => monthOfTwo(`${month} 2025`)),
      ]);
      await page.locator('.card.series summary').click();
      const drawn = (column: number) =>
        tableOn(page, '.card.series tbody tr').then((rows) => rows.map((row) => row[column]));
      await eventually(() => drawn(0)).toEqual([
        'March 2026 not over yet',
        ...closed.map(({ month }) => longName(month)),
      ]);
      await eventually(() => drawn(4)).toEqual(
        [open, ...closed].map((each) => Number(each?.totalEarnings).toFixed(2)),
      );
    });

    it('turns the pages of the list and of the songs with the keyboard, and names the chosen month in the address', async () => {
      const page = await stage.open(ofAda, { operatorKey, timezoneId: 'UTC' });
      await page.getByRole('button', { name: 'Next statements' }).press('Enter');
      await eventually(() => tableOn(page, `${list} tbody tr`)).toEqual(
        ['February', 'January'].map((month) => monthOfTwo(`${month} 2025`)),
      );
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Next statements');
      await page.getByRole('button', { name: 'Previous statements' }).press('Enter');
      const february = page.getByRole('button', { name: 'February 2026' });
      await february.press('Enter');
      await page.getByRole('heading', { name: 'February 2026' }).waitFor();
      expect(await february.getAttribute('aria-pressed')).toBe('true');
      expect(page.url()).toMatch(/statements\?month=2026-02$/);
      await page.reload();
      await page.getByText('Closed on 2 Mar 2026, 08:00; it does not change.').waitFor();
      await eventually(() => figuresOn(page, statement)).toEqual({
        Earned: '7.00 FLOW14 plays',
        Adjustments: '1.00 FLOW2 plays',
        Together: '8.00 FLOW16 plays',
      });
      const [strategies, songs, adjustments] = [1, 2, 3].map(
        (n) => `${statement} table:nth-of-type(${n}) tbody tr`,
      ) as [string, string, string];
      await eventually(() => tableOn(page, strategies)).toEqual([
        ['Patronage', '13', '6.50'],
        ['Auction', '1', '0.50'],
      ]);
      await eventually(() => tableOn(page, adjustments)).toEqual([['December 2025', 'Song 01', '2', '1.00']]);
      const shownSongs = () => tableOn(page, songs).then((rows) => rows.map(([title]) => title));
      await eventually(shownSongs).toEqual(songNames(1, 10));
      const next = page.getByRole('button', { name: 'Next songs' });
      await next.press('Enter');
      await eventually(shownSongs).toEqual(songNames(11, 12));
      await eventually(() => next.getAttribute('aria-disabled')).toBe('true');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Next songs');
      await eventually(() => tableOn(page, adjustments)).toHaveLength(1);
      await page.getByRole('button', { name: 'Previous songs' }).press('Enter');
      await eventually(shownSongs).toEqual(songNames(1, 10));

      await page.getByRole('button', { name: 'March 2026' }).press('Enter');
      await page.getByText('Not closed yet: it moves with every refresh.').waitFor();
      expect(page.url()).toMatch(/statements$/);
      await eventually(() => tableOn(page, adjustments)).toEqual([
        ['January 2026', 'Song 02', '2', '0.10'],
        ['November 2025', 'Song 01', '-1', '-0.50'],
      ]);
      await page.goto(`${stage.gateway().url}${ofAda}?month=2025-01`);
      await page.getByText('The month was over before there were statements.').waitFor();
      await eventually(() => tableOn(page, songs)).toEqual([['Song 01', '2', '1.00']]);
      await page.goto(`${stage.gateway().url}${ofAda}?month=2025-06`);
      await page.getByText('There is no statement of this month.').waitFor();
    });

    it('fits a small phone and a wall, light and dark, with the table open, without a complaint', async () => {
      let complaints: readonly string[] = [];
      const page = await stage.open(`${ofAda}?month=2026-02`, {
        operatorKey,
        before: async (_context, page) => {
          complaints = complaintsOf(page);
        },
      });
      await page.locator('.plot canvas').waitFor();
      await page.locator(`${statement} table`).first().waitFor();
      await page.locator('.card.series summary').click();
      for (const width of [360, 2560])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ ...phone, width });
          await page.emulateMedia({ colorScheme });
          await settled(page);
          const at = `${width} ${colorScheme}`;
          await picture(page, `statements ${at}`);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, at).toBeLessThanOrEqual(0);
          expect(await violationsOn(page), at).toEqual([]);
        }
      expect(complaints).toEqual([]);
    });

    it('says that an artist has no statements, has no plays, lost some, or is not there', async () => {
      const page = await stage.open('/dashboard#/artist/0xb2/statements', { operatorKey });
      await page.getByText('No month of this artist is closed.').waitFor();
      await eventually(() => tableOn(page, `${list} tbody tr`)).toEqual([
        ['March 2026', 'not yet', '1', '0.50', '0.00', '0.50'],
      ]);
      await page.locator(`${statement} table`).first().waitFor();
      expect(await page.locator('.pager').count()).toBe(0);
      await page.goto(`${stage.gateway().url}/dashboard#/artist/0xc3/statements`);
      await page.getByText('No plays in this month.').waitFor();
      expect(await page.locator('main').textContent()).not.toMatch(/NaN|Infinity|undefined|null/);
      await picture(page, 'statements empty');
      expect(await violationsOn(page)).toEqual([]);
      await page.goto(`${stage.gateway().url}/dashboard#/artist/0xd4/statements?month=2026-02`);
      await page.locator('.plot canvas').waitFor();
      await eventually(() => tableOn(page, `${list} tbody tr`)).toMatchObject([
        ['March 2026', 'not yet', '0', '0.00', '0.00', '0.00'],
        ['February 2026', expect.any(String), '0', '0.00', '-1.00', '-1.00'],
        ['January 2026', expect.any(String), '3', '1.50', '0.00', '1.50'],
      ]);
      await page.getByText('No plays in this month.').waitFor();
      await eventually(() => tableOn(page, `${statement} tbody tr`)).toEqual([
        ['January 2026', 'Dogwood', '-2', '-1.00'],
      ]);
      await settled(page);
      await picture(page, 'statements negative');
      await page.goto(`${stage.gateway().url}/dashboard#/artist/0xe5/statements`);
      await page.getByText('There is no artist with this address.').waitFor();
      expect(await page.locator('.card').count()).toBe(1);
    });

    it('says that it is loading, that the gateway refuses, and goes on when asked to', async () => {
      let state: 'held' | 'refused' | 'answered' = 'held';
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const page = await stage.open(ofAda, {
        operatorKey,
        before: (_context, page) =>
          page.route('**/graphql', async (route) => {
            if (state === 'held') await held;
            if (state !== 'refused') return route.continue();
            return route.fulfill({
              status: 503,
              json: { errors: [{ message: 'The database is away.', extensions: { code: 'UNAVAILABLE' } }] },
            });
          }),
      });
      await page.locator('.card.series[aria-busy=true] .waiting').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      state = 'refused';
      release();
      await page.locator('.card.series .failed', { hasText: 'The database is away.' }).waitFor();
      expect(await page.locator(list).count()).toBe(0);
      await picture(page, 'statements refused');
      expect(await violationsOn(page)).toEqual([]);
      state = 'answered';
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator(`${list} tbody tr`).first().waitFor();
      expect(await page.locator('.failed').count()).toBe(0);
    });

    it('says so when the statements do not add up, and reads them again before it does', async () => {
      let wrong = Number.POSITIVE_INFINITY;
      let answered = 0;
      const page = await stage.open('/dashboard', {
        operatorKey,
        before: (_context, page) =>
          page.route('**/graphql', async (route) => {
            if (!route.request().postData()?.includes('StatementTotals')) return route.continue();
            const response = await route.fetch();
            const body = (await response.json()) as { data: { artist: { totalEarnings: string } } };
            if (answered++ < wrong) body.data.artist.totalEarnings = '25.000000000000000001';
            return route.fulfill({ response, json: body });
          }),
      });
      await page.goto(stage.gateway().url + ofAda);
      await page.getByText('do not add up').waitFor();
      await eventually(() => page.locator('.sum').textContent()).toContain(
        '0.900000000000000001 FLOW and 0 plays are missing.',
      );
      expect(answered).toBe(3);
      // A refresh between two of the answers looks the same, once.
      [wrong, answered] = [1, 0];
      await page.getByRole('link', { name: 'Figures and songs' }).click();
      await page.getByRole('link', { name: 'Statements by month' }).click();
      await page.getByText('to the last digit').waitFor();
      expect(answered).toBe(2);
    });

    it('follows a refresh that closes the month, and stays at the open one', async () => {
      const page = await stage.open(ofAda, { operatorKey });
      await page.getByText('Not closed yet: it moves').waitFor();
      const { database } = stage.gateway();
      await database.query(play('s01', '2026-04-01T09:00:00Z', 0.7));
      await database.query(`select analytics.refresh('test', '2026-04-01T10:00:00Z')`);
      await page.getByRole('heading', { name: 'April 2026' }).waitFor();
      await eventually(() =>
        tableOn(page, `${list} tbody tr`).then((rows) => rows.slice(0, 2)),
      ).toMatchObject([
        ['April 2026', 'not yet', '1', '0.70', '0.00', '0.70'],
        ['March 2026', expect.stringContaining('1 Apr 2026'), '3', '4.50', '-0.40', '4.10'],
      ]);
      await page.getByText('to the last digit').waitFor();
    });
  },
  { REFRESH_SCHEDULE: '0 0 1 1 *' },
  openWithStatements,
);

/** Fourteen months with late plays and a deletion, closed in three refreshes. */
async function openWithStatements(): Promise<Database> {
  const database = await openFresh();
  const refresh = (at: string) => database.query(`select analytics.refresh('test', $1)`, [at]);
  await database.query(`
    insert into artists (artist_address, name) values ('${ada}', 'Ada'), ('0xb2', ''), ('0xc3', 'Cyd'), ('0xd4', 'Dee');
    insert into songs (song_id, title, artist_address, genre, strategy)
    select 's' || lpad(n::text, 2, '0'), 'Song ' || lpad(n::text, 2, '0'), '${ada}', 'Rock', case n when 12 then 'auction' else 'patronage' end
    from generate_series(1, 12) n;
    insert into songs (song_id, title, artist_address, genre, strategy) values
      ('b', 'Birch', '0xb2', null, 'patronage'), ('d', 'Dogwood', '0xd4', null, 'patronage');
    insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select 's01', '0xc' || n, month + interval '9 days', 60, 0.5
    from generate_series(timestamptz '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', interval '1 month') month, generate_series(1, 2) n
    where month <> timestamptz '2025-06-01T00:00:00Z';
    insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select 's' || lpad(n::text, 2, '0'), '0xc1', timestamptz '2026-02-05T00:00:00Z', 60, 0.5 from generate_series(1, 12) n
    union all select 'd', '0xc' || n, '2026-01-05T00:00:00Z', 60, 0.5 from generate_series(1, 3) n;
  `);
  await refresh('2026-02-10T12:00:00Z');
  await database.query(
    [
      play('s01', '2026-02-20T00:00:00Z', 0.5),
      play('s01', '2026-02-21T00:00:00Z', 0.5),
      play('s01', '2025-12-24T00:00:00Z', 0.5),
      play('s01', '2025-12-25T00:00:00Z', 0.5),
      `delete from plays where song_id = 'd' and listener_address <> '0xc1'`,
    ].join(';'),
  );
  await refresh('2026-03-02T08:00:00Z');
  await database.query(
    [
      play('s02', '2026-01-30T00:00:00Z', 0.05),
      play('s02', '2026-01-31T00:00:00Z', 0.05),
      `delete from plays where id = (select min(id) from plays where played_at between '2025-11-01T00:00:00Z' and '2025-12-01T00:00:00Z')`,
      play('s01', '2026-03-03T00:00:00Z', 1.5),
      play('s02', '2026-03-03T00:00:00Z', 1.5),
      play('s03', '2026-03-03T00:00:00Z', 1.5),
      play('b', '2026-03-03T00:00:00Z', 0.5),
    ].join(';'),
  );
  await refresh('2026-03-04T12:00:00Z');
  return database;
}

function play(song: string, at: string, amount: number): string {
  return `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('${song}', '0xc1', '${at}', 60, ${amount})`;
}

/** A month that was closed with the first refresh, when it had two plays. */
function monthOfTwo(name: string): string[] {
  return [name, '10 Feb 2026, 12:00', '2', '1.00', '0.00', '1.00'];
}

function songNames(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, n) => `Song ${String(first + n).padStart(2, '0')}`);
}

function longName(month: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** Named figures with their notes, which a page that is busy may show late. */
async function figuresOn(page: Page, card: string): Promise<Record<string, string>> {
  return (await page.evaluate(`Object.fromEntries([...document.querySelectorAll('${card} .figure')].map((figure) => {
    const [name, ...values] = [...figure.children].map((part) => part.textContent);
    return [name, values.join('')];
  }))`)) as Record<string, string>;
}

/** How, what and with which credentials a page asks for what is private. */
function privatelyAsked(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const text = `${request.url()} ${request.postData() ?? ''}`;
    const operation = privateOperations.exec(text)?.[0];
    if (operation) asked.push(`${request.method()} ${operation} ${request.headers().authorization}`);
  });
  return asked;
}
