import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { alice } from '../support/fixture.js';
import { violationsOn } from './axe.js';
import {
  complaintsOf,
  describeInChromium,
  desktop,
  eventually,
  foreignersOf,
  operatorSecret,
  phone,
  picture,
  type Stage,
  settled,
} from './chromium.js';

interface Place {
  readonly name: string;
  readonly path: string;
  /** Something that stands there once the numbers have come. */
  readonly shows: string;
  readonly operatorKey?: string;
}

const playedAtAll = encodeURIComponent(
  '{"join":"all","parts":[{"field":"playCount","operator":"gte","value":"1"}]}',
);

const places: readonly Place[] = [
  { name: 'the overview', path: '/dashboard', shows: 'Songs by economic model' },
  { name: 'songs by filter', path: `/dashboard#/songs?filter=${playedAtAll}`, shows: 'songs fit' },
  { name: 'a song', path: '/dashboard#/song/song-01', shows: 'Trending score' },
  { name: 'an artist', path: `/dashboard#/artist/${alice}`, shows: 'FLOW a play' },
  { name: 'a genre', path: '/dashboard#/genre/Rock', shows: 'Trending in this genre' },
  { name: 'a song that is not there', path: '/dashboard#/song/none', shows: 'There is no song' },
  { name: 'a page that is not there', path: '/dashboard#/nowhere', shows: 'There is no such page' },
  { name: 'the form for the operator key', path: '/dashboard#/health', shows: 'For operators' },
  {
    name: 'the health page',
    path: '/dashboard#/health',
    shows: 'The next refresh',
    operatorKey: operatorSecret,
  },
  { name: 'GraphiQL', path: '/graphiql', shows: 'How is the whole platform doing?' },
  {
    name: 'GraphiQL for operators',
    path: '/graphiql',
    shows: 'How is this gateway doing',
    operatorKey: operatorSecret,
  },
];

const looks = [
  { viewport: desktop, colorScheme: 'light' },
  { viewport: desktop, colorScheme: 'dark' },
  { viewport: phone, colorScheme: 'dark' },
  { viewport: phone, colorScheme: 'light' },
] as const;

describeInChromium(
  'The pages',
  (stage) => {
    it.each(places)(
      'show $name on a phone and on a desk, light and dark, without a complaint of axe or of the console',
      async (place) => {
        const { complaints, foreigners, page } = await openQuietly(stage, place);
        for (const { viewport, colorScheme } of looks) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          await settled(page);
          const at = `${viewport.width} ${colorScheme}`;
          await picture(page, `${place.name} ${at}`);
          expect(await violationsOn(page), at).toEqual([]);
          expect(await overflowOf(page), at).toBeLessThanOrEqual(0);
        }
        expect(complaints).toEqual([]);
        expect(foreigners).toEqual([]);
      },
    );

    it('keep the look that was chosen, against the system, in the next visit too', async () => {
      const page = await stage.open('/dashboard', { colorScheme: 'light' });
      const theme = () => page.evaluate('document.documentElement.dataset.theme');
      await eventually(theme).toBe('light');
      await page.getByRole('button', { name: 'Show the dark page' }).click();
      await eventually(theme).toBe('dark');
      await page.reload();
      await eventually(theme).toBe('dark');
    });

    it('tell a screen reader of a new page as of one that was loaded', async () => {
      const page = await stage.open('/dashboard');
      await page.getByRole('link', { name: 'Songs', exact: true }).click();
      await page.getByRole('heading', { name: 'Songs by filter' }).waitFor();
      await eventually(() => page.evaluate('document.activeElement.id')).toBe('main');
      await page.goBack();
      await page.getByRole('heading', { name: 'Trending' }).waitFor();
    });
  },
  { REFRESH_SCHEDULE: '0 0 1 1 *' },
);

async function openQuietly(stage: Stage, { path, shows, operatorKey }: Place) {
  let complaints: readonly string[] = [];
  let foreigners: readonly string[] = [];
  const page = await stage.open(path, {
    ...(operatorKey && { operatorKey }),
    before: async (_context, page) => {
      complaints = complaintsOf(page);
      foreigners = foreignersOf(page, stage.gateway());
    },
  });
  await page.getByText(shows).first().waitFor();
  return { complaints, foreigners, page };
}

/** By how many pixels the page is wider than its window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth') as Promise<number>;
}
