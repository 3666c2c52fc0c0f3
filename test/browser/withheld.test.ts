import { expect, it } from 'vitest';
import { alice } from '../support/fixture.js';
import { violationsOn } from './axe.js';
import { complaintsOf, describeInChromium, eventually, picture, settled } from './chromium.js';

describeInChromium(
  'Where counts of listeners are withheld',
  (stage) => {
    it.each([
      ['a song', '/dashboard#/song/song-07'],
      ['an artist', `/dashboard#/artist/${alice}`],
      ['a genre', '/dashboard#/genre/Rock'],
    ])('%s says so in the place of the number', async (name, path) => {
      const page = await stage.open(path);
      const complaints = complaintsOf(page);
      await settled(page);
      await eventually(() => page.locator('main').textContent()).toMatch(/Listeners\s*withheld/);
      await picture(page, `withheld on ${name}`);
      expect([await violationsOn(page), complaints]).toEqual([[], []]);
    });

    it('the overview and the filter’s table say so, and the active listeners are no zeros', async () => {
      const page = await stage.open('/dashboard');
      const complaints = complaintsOf(page);
      await settled(page);
      const active = page.locator('.card.series', { hasText: 'Active listeners' });
      await eventually(() => active.textContent()).toContain('How many listened on a day is withheld here.');
      expect(await active.locator('canvas').count()).toBe(0);
      expect([await violationsOn(page), complaints]).toEqual([[], []]);
    });
  },
  { WITHHOLD_LISTENERS_UNDER: '20' },
);
