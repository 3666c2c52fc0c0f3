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

  it('shows an answer and the documentation at the first visit', async () => {
    const page = await stage.open('/graphiql');
    await eventually(() => answerOn(page)).toContain('"totalPlays"');
    await page.locator('.graphiql-doc-explorer').waitFor();
  });

  it('keeps the documentation closed once it was closed, and runs nothing by itself at a later visit', async () => {
    const asked: string[] = [];
    const page = await stage.open('/graphiql', {
      before: async (_context, page) => page.on('request', (request) => asked.push(request.postData() ?? '')),
    });
    const runs = () => asked.filter((body) => body.includes('query PlatformStats')).length;
    await eventually(() => answerOn(page)).toContain('"totalPlays"');
    expect(runs()).toBe(1);
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').waitFor({ state: 'detached' });
    await untilTabsAreKept(page);
    await page.reload();
    await page.locator('.graphiql-response .monaco-editor').waitFor();
    expect(await page.locator('.graphiql-doc-explorer').count()).toBe(0);
    // Another question and its answer, before which an answer to the first would have been asked for.
    await page.getByRole('button', { name: 'Genres', exact: true }).click();
    await runOn(page);
    await eventually(() => answerOn(page)).toContain('"genres"');
    expect(runs()).toBe(1);
  });

  it.each(['?', '#'])(
    'opens what a link holds after %s in a tab of its own beside those that are there, without running it',
    async (separator) => {
      const page = await stage.open('/graphiql');
      const before = await tabsOn(page);
      await untilTabsAreKept(page);
      const link = new URLSearchParams({
        query: 'query Linked($limit: Int!) { trendingSongs(first: $limit) { title } }',
        variables: '{ "limit": 2 }',
      });
      await page.goto('about:blank');
      await page.goto(`${stage.gateway().url}/graphiql${separator}${link}`);
      await eventually(() => tabsOn(page)).toEqual([...before, 'Linked']);
      await page.locator('.graphiql-response .monaco-editor').waitFor();
      expect(await answerOn(page)).not.toContain('trendingSongs');
      await runOn(page);
      await eventually(() => answerOn(page)).toContain('"trendingSongs"');
      await untilTabsAreKept(page, 'Linked');
      await page.goto('about:blank');
      await page.goto(`${stage.gateway().url}/graphiql`);
      await eventually(() => tabsOn(page)).toEqual([...before, 'Linked']);
    },
  );

  it('takes over what the form for filters has put together, with its variables', async () => {
    const page = await stage.open('/dashboard#/songs');
    await page.getByRole('link', { name: 'Open it in GraphiQL' }).click();
    await page.waitForURL('**/graphiql#**');
    await eventually(async () => (await tabsOn(page))[0]).toBe('Songs');
    await runOn(page);
    await eventually(() => answerOn(page)).toContain('"songs"');
    const variables = await page.locator('.graphiql-editor-tool').textContent();
    expect((variables ?? '').replaceAll('\u00a0', ' ')).toContain('"playCount"');
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

/** GraphiQL keeps its tabs some time after they have changed. */
async function untilTabsAreKept(page: Page, name = 'PlatformStats'): Promise<void> {
  await eventually(() => page.evaluate(`localStorage.getItem('public:graphiql:tabState') ?? ''`)).toContain(
    name,
  );
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
