import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInChromium, eventually, operatorSecret, settled } from './chromium.js';
import { overviewTiles } from './tiles.js';

describeInChromium('Somebody without a mouse', (stage) => {
  it('reaches everything on the overview in its order, and always sees where the focus is', async () => {
    const page = await stage.open('/dashboard');
    await eventually(() => page.locator('.card .as-of').count()).toBe(overviewTiles);
    // A picture that comes late can be reached, too.
    await settled(page);
    const reachable = (await page.evaluate(
      `document.querySelectorAll('${reachableElements}').length`,
    )) as number;
    let before = -1;
    for (let step = 0; step < reachable; step++) {
      await page.keyboard.press('Tab');
      const focus = await focusOn(page);
      expect(focus.isOutlined, focus.name).toBe(true);
      expect(focus.place, focus.name).toBeGreaterThan(before);
      before = focus.place;
    }
    expect(before).toBe(reachable - 1);
  });

  it('skips to the numbers, opens a song, its artist and the way back', async () => {
    const page = await stage.open('/dashboard');
    await eventually(() => page.locator('.card .as-of').count()).toBe(overviewTiles);
    await page.keyboard.press('Tab');
    await eventually(async () => (await focusOn(page)).name).toBe('Skip to the numbers');
    await page.keyboard.press('Enter');
    await eventually(() => page.evaluate('document.activeElement.id')).toBe('main');
    await tabTo(page, /^Moss \d$/);
    await page.keyboard.press('Enter');
    await page.getByText('Trending score').waitFor();
    await tabTo(page, /^(Alice|Émile|emile|0xa\d|Zoë.*|100%.*|0xa6)$/);
    await page.keyboard.press('Enter');
    await page.getByText('Most played songs').first().waitFor();
    await page.goBack();
    await page.getByText('Trending score').waitFor();
  });

  it('builds a filter, copies what it comes to in GraphQL, turns the page and opens GraphiQL with it', async () => {
    const page = await stage.open('/dashboard#/songs', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByText('No song fits.').waitFor();
    await tabTo(page, 'Condition 1: value');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1');
    await tabTo(page, 'Add a condition');
    await page.keyboard.press('Enter');
    await page.getByText('1 condition is not complete and left out.').waitFor();
    await tabTo(page, 'Condition 3: field', 'back');
    await page.keyboard.type('Title');
    await tabTo(page, 'Condition 3: comparison');
    await page.keyboard.type('starts');
    await tabTo(page, 'Condition 3: value');
    await page.keyboard.type('Moss');
    await eventually(() => page.locator('.copyable pre').first().textContent()).toContain('Moss');
    await eventually(() => page.locator('.pager-count').textContent()).toMatch(/^\d+ songs fit$/);
    await eventually(() => page.locator('#main .hint[role=status]').first().textContent()).toBe('');
    await tabTo(page, 'Copy Variables');
    await page.keyboard.press('Enter');
    await page.getByText('Copied').waitFor();
    const copied = JSON.parse((await page.evaluate('navigator.clipboard.readText()')) as string);
    expect(copied.filter).toEqual({
      and: [
        { playCount: { gte: 1 } },
        { not: { strategy: { eq: 'AUCTION' } } },
        { title: { startsWith: 'Moss' } },
      ],
    });
    // What is copied is what is asked: the gateway counts the same.
    const query = (await page.locator('.copyable pre').nth(1).textContent()) as string;
    const { data } = await stage.gateway().ask(query, copied);
    const { totalCount } = (data as { songs: { totalCount: number } }).songs;
    await eventually(() => page.locator('.pager-count').textContent()).toBe(`${totalCount} songs fit`);
    // So is what is downloaded.
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as CSV' }).press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^songs-2026-03-01T12-00-00Z\.csv$/);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(totalCount + 1);
    await tabTo(page, 'Open it in GraphiQL');
    await page.keyboard.press('Enter');
    await page.getByText('"gte"').first().waitFor();
  });

  it('gives the operator key and refreshes the views', async () => {
    const page = await stage.open('/dashboard#/health');
    await tabTo(page, 'Operator key');
    await page.keyboard.type(operatorSecret);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Refresh now' }).waitFor();
    await tabTo(page, 'Refresh now');
    await page.keyboard.press('Enter');
    await page.getByText(/^Refreshed in /).waitFor();
    await eventually(() => page.locator('.card', { hasText: 'Refreshes' }).locator('tbody tr').count()).toBe(
      2,
    );
    await tabTo(page, 'Forget the operator key', 'back');
    await page.keyboard.press('Enter');
    await page.getByText('For operators').waitFor();
  });
});

/** What the Tab key comes to; of radio buttons that belong together only the chosen one. */
const reachableElements = [
  'a[href]',
  'button:not(:disabled)',
  'select',
  'input:not([type=radio]:not(:checked))',
  'summary',
  '[tabindex="0"]',
].join();

interface Focus {
  /** What a screen reader would call it, as far as that can be told from outside. */
  readonly name: string;
  /** Where it stands among all that can be reached. */
  readonly place: number;
  readonly isOutlined: boolean;
}

function focusOn(page: Page): Promise<Focus> {
  return page.evaluate(`(() => {
    const focused = document.activeElement;
    const all = [...document.querySelectorAll('${reachableElements}')];
    const name = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent;
    const style = getComputedStyle(focused);
    return { name: name.trim(), place: all.indexOf(focused), isOutlined: style.outlineStyle !== 'none' };
  })()`) as Promise<Focus>;
}

/** Presses Tab until something with this name has the focus. */
async function tabTo(
  page: Page,
  name: string | RegExp,
  direction: 'forth' | 'back' = 'forth',
): Promise<void> {
  for (let step = 0; step < 200; step++) {
    const focus = await focusOn(page);
    if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
    await page.keyboard.press(direction === 'forth' ? 'Tab' : 'Shift+Tab');
  }
  throw new Error(`Expected to come to ${name} with the Tab key, got nowhere.`);
}
