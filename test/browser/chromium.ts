import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { longestWaitMs } from '../support/wait.js';

export const chromiumPath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file && existsSync(file),
);

export const operatorSecret = 'the-secret-of-an-operator-in-the-tests';
export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the pages if nobody has yet; `npm test` does it before the tests. */
export function buildPagesOnce(): void {
  if (!existsSync(`${root}dashboard/dist/dashboard.html`))
    execFileSync(process.execPath, ['dashboard/build.mjs'], { cwd: root, stdio: 'inherit' });
}

export interface Stage {
  gateway(): Gateway;
  /** Opens a page in a context of its own, which is closed after the test. */
  open(path: string, options?: OpenOptions): Promise<Page>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** Looks at the page as an operator does. */
  readonly operatorKey?: string;
  /** Runs before the page is loaded. */
  readonly before?: (context: BrowserContext, page: Page) => Promise<unknown>;
}

/** Declares tests that look at the gateway's pages in a real Chromium; where there is none, it says so. */
export function describeInChromium(
  title: string,
  body: (stage: Stage) => void,
  environment: Readonly<Record<string, string>> = {},
  openDatabase: () => Promise<Database> = () => openFresh('fixture'),
): void {
  if (!chromiumPath) {
    describe(title, () => it.skip('is not looked at, because there is no Chromium here (see CHROMIUM_PATH)'));
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    let gateway: Gateway | undefined;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      buildPagesOnce();
      gateway = await startGateway(await openDatabase(), environment);
      browser = await chromium.launch({
        executablePath: chromiumPath,
        args: ['--no-sandbox'],
        timeout: longestWaitMs,
      });
    });
    afterEach(async () => {
      for (const context of contexts.splice(0)) {
        // Requests that a test answers itself may still be under way.
        for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
        await context.close();
      }
    });
    afterAll(async () => {
      await browser?.close();
      await gateway?.close();
    });
    body({
      gateway: () => {
        if (!gateway) throw new Error('Expected to be asked for inside of a test.');
        return gateway;
      },
      async open(path, { operatorKey, before, ...options } = {}) {
        if (!browser || !gateway) throw new Error('Expected to be asked for inside of a test.');
        const context = await browser.newContext({ viewport: desktop, reducedMotion: 'reduce', ...options });
        contexts.push(context);
        const page = await context.newPage();
        page.setDefaultTimeout(longestWaitMs);
        if (operatorKey)
          await page.addInitScript(
            `if (location.protocol === 'http:') sessionStorage.setItem('operator-key', '${operatorKey}')`,
          );
        await before?.(context, page);
        await page.goto(gateway.url + path);
        return page;
      },
    });
  });
}

/** With BROWSER_PICTURES=FOLDER keeps what a page looks like there. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.BROWSER_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png` });
}

/** Expects something of what comes to be, on a machine that may be busy. */
export function eventually<T>(look: () => T) {
  return expect.poll(look);
}

/** Waits until nothing is loading any more, and what came is drawn. */
export async function settled(page: Page): Promise<void> {
  await eventually(() => page.locator('.waiting, .loading').count()).toBe(0);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** What the console says that should not be said, as it comes. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(error.message));
  return complaints;
}

/** Whatever is asked for and does not come from the gateway itself. */
export function foreignersOf(page: Page, gateway: Gateway): readonly string[] {
  const urls: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(gateway.url) && !/^(data|blob):/.test(url)) urls.push(url);
  });
  return urls;
}
