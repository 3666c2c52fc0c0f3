import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import * as operations from '../../src/client/operations.js';
import { describeInChromium, eventually, operatorSecret } from './chromium.js';

const trusted = JSON.parse(
  readFileSync(new URL('../../schema/trusted-documents.json', import.meta.url), 'utf8'),
) as Record<string, string>;
const published = Object.values(trusted).map((text) => /^(?:query|mutation) (\w+)/.exec(text)?.[1] as string);

describe('The published operations', () => {
  it('are what a gateway trusts, word for word, so that pages ask by their hashes', () => {
    const texts = Object.entries(operations)
      .filter(([name]) => name.endsWith('Document'))
      .map(([, document]) => String(document));
    expect(texts.length).toBe(published.length);
    for (const text of texts) expect(Object.keys(trusted)).toContain(hash('sha256', text));
  });
});

describeInChromium('GraphiQL', (stage) => {
  it('starts with the operations that everybody may ask, each with variables that find something', async () => {
    const page = await stage.open('/graphiql');
    const names = await tabsOn(page);
    expect(names[0]).toBe('PlatformStats');
    expect(names.length).toBeGreaterThan(10);
    await runOn(page);
    await eventually(() => answerOn(page)).toContain('"totalPlays"');
    for (const [name, question] of [
      ['Song', 'How is this song doing?'],
      ['Artist', 'How is this artist doing?'],
      ['Genre', 'How is this genre doing'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByText(question).waitFor();
      await runOn(page);
      await eventually(() => answerOn(page)).toMatch(/"(songId|artistAddress|genre)":/);
    }
    await page.getByLabel('Operator key').waitFor();
  });

  it('asks as operator once it has the key, and has the operators’ operations then', async () => {
    const page = await stage.open('/graphiql');
    const before = await tabsOn(page);
    await page.getByLabel('Operator key').fill(operatorSecret);
    await page.keyboard.press('Enter');
    await page.getByText('Asking as operator').waitFor();
    await eventually(async () => (await tabsOn(page))[0]).toBe('GatewayHealth');
    await eventually(async () => (await tabsOn(page)).sort()).toEqual([...published].sort());
    await runOn(page);
    await eventually(() => answerOn(page)).toContain('"pool"');
    await page.getByRole('button', { name: 'Forget the key' }).click();
    await eventually(() => tabsOn(page)).toEqual(before);
  });

  it('says what is wrong with a key, and what the gateway says to a key that it does not know', async () => {
    const page = await stage.open('/graphiql');
    await page.getByLabel('Operator key').fill('with a space');
    await page.keyboard.press('Enter');
    await page.getByText('neither spaces nor special characters').waitFor();
    await page.getByLabel('Operator key').fill('a-key-that-nobody-knows-of-here');
    await page.keyboard.press('Enter');
    await page.getByText('does not know this key').waitFor();
  });

  it('is where Sandbox leads to without the internet, with the dashboard beside it', async () => {
    const page = await stage.open('/graphql', {
      before: (_context, page) =>
        page.route('**/*', (route) =>
          route.request().url().startsWith(stage.gateway().url) ? route.continue() : route.abort(),
        ),
      extraHTTPHeaders: { accept: 'text/html' },
    });
    await page.getByText('Apollo Sandbox is loaded from the internet').waitFor();
    await page.getByRole('link', { name: 'dashboard' }).waitFor();
    await page.getByRole('link', { name: 'GraphiQL' }).click();
    await page.waitForURL('**/graphiql');
  });
});

/** The names of the tabs, in their order. */
async function tabsOn(page: Page): Promise<string[]> {
  await page.locator('.graphiql-tab').first().waitFor();
  const names = await page.locator('.graphiql-tab > button:first-child').allTextContents();
  return names.map((name) => name.trim());
}

async function runOn(page: Page): Promise<void> {
  // GraphiQL ignores the button until both of its editors are loaded.
  for (const name of ['query-editor', 'response'])
    await page.locator(`.graphiql-${name} .monaco-editor`).waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).click();
}

async function answerOn(page: Page): Promise<string> {
  const text = await page.locator('.graphiql-response').textContent();
  // The editor writes spaces as ones that do not break.
  return (text ?? '').replaceAll('\u00a0', ' ');
}
