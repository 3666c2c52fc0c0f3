import type { Page } from 'playwright-core';

/** What a screen reader is told of each cell. */
export async function tableOn(page: Page, rows: string): Promise<string[][]> {
  const cells = (await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(rows)})].map((row) =>
    [...row.cells].map((cell) => {
      const copy = cell.cloneNode(true);
      for (const unread of copy.querySelectorAll('[aria-hidden=true]')) unread.remove();
      return copy.textContent;
    }))`)) as string[][];
  return cells.map((row) => row.map(withoutThinSpaces));
}

/** Browsers differ in the spaces around the dash between two days. */
export function withoutThinSpaces(text: string | null): string {
  return (text ?? '').replaceAll(/\s*–\s*/g, '–');
}
