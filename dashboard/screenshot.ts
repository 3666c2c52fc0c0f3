/**
 * Takes the picture of the README: the overview, light, from a gateway over the demo data.
 *
 *   npm start
 *   npx tsx dashboard/screenshot.ts [http://127.0.0.1:4000]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:4000';
const file = fileURLToPath(new URL('../docs/dashboard.webp', import.meta.url));
const viewport = { width: 1280, height: 940 };
const tiles = 8;
const plots = 2;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const context = await browser.newContext({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${url}/dashboard`);
  await page.locator('.freshness[data-state=fresh]').waitFor();
  await page
    .locator('.card .as-of')
    .nth(tiles - 1)
    .waitFor();
  await page
    .locator('.plot canvas')
    .nth(plots - 1)
    .waitFor();
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(file, Buffer.from(data, 'base64'));
  process.stdout.write(`${file}: ${Math.round((data.length * 3) / 4 / 1000)} kB\n`);
} finally {
  await browser.close();
}
