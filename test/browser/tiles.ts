import type { Page } from 'playwright-core';

/** How many tiles the overview has. */
export const overviewTiles = 8;

/** In a page: the instants that its tiles say their numbers hold for. */
export const asOfsInPage = `[...document.querySelectorAll('.card .as-of time')].map((time) => time.dateTime)`;

export function asOfsOn(page: Page): Promise<string[]> {
  return page.evaluate(asOfsInPage) as Promise<string[]>;
}
