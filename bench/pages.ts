/**
 * What the pages weigh and how soon they show something, in Chromium on the same machine: bytes as they came over the
 * wire by kind, and the times that people notice.
 *
 *   npm run bench -- pages [--runs 5] [--url http://127.0.0.1:4000]
 *
 * Without --url it starts the gateway that was built, over its demo data in a folder of its own. CHROMIUM_PATH names
 * another Chromium than Debian's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { startWords } from '../test/support/start-words.js';
import { type Look, look, type Pace, type Place } from './pages/look.js';
import { build } from './support/build.js';
import { median } from './support/median.js';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, url: { type: 'string' } },
});
const runs = Number(values.runs);

const places: readonly Place[] = [
  { name: 'dashboard', path: '/dashboard', first: '.figure-value', whole: '.card .as-of', wholeCount: 6 },
  { name: 'GraphiQL', path: '/graphiql', first: '.graphiql-tab', whole: '.view-line .mtk1', wholeCount: 1 },
];

const paces: readonly Pace[] = [
  { name: 'as it is' },
  // What Lighthouse takes for a phone.
  { name: 'phone', processorSlowdown: 4, bitsPerSecond: 1_600_000, roundTripMs: 150 },
];

const gateway = values.url ? null : await startDemo();
const url = values.url ?? (gateway?.url as string);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  console.log(`Chromium ${browser.version()}, medians of ${runs}`);
  console.log(
    '| page | pace | visit | HTML kB | scripts kB | styles kB | answers kB | other kB | requests | first paint ms | first widget ms | all of it ms | blocked ms | shift |',
  );
  console.log('| --- | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  for (const place of places) for (const pace of paces) await measure(browser, place, pace);
} finally {
  await browser.close();
  await gateway?.stop();
}

async function measure(browser: Browser, place: Place, pace: Pace): Promise<void> {
  const first: Look[] = [];
  const second: Look[] = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    first.push(await look(context, url, place, pace));
    second.push(await look(context, url, place, pace));
    await context.close();
  }
  say(place, pace, 'first', first);
  say(place, pace, 'second', second);
}

function say(place: Place, pace: Pace, visit: string, looks: readonly Look[]): void {
  const kb = (pick: (look: Look) => number) => (median(looks.map(pick)) / 1000).toFixed(1);
  const whole = (pick: (look: Look) => number) => Math.round(median(looks.map(pick)));
  const cells = [
    place.name,
    pace.name,
    visit,
    kb(({ bytes }) => bytes.document),
    kb(({ bytes }) => bytes.script),
    kb(({ bytes }) => bytes.style),
    kb(({ bytes }) => bytes.answer),
    kb(({ bytes }) => bytes.other),
    whole(({ requests }) => requests),
    whole(({ firstPaintMs }) => firstPaintMs),
    whole(({ firstWidgetMs }) => firstWidgetMs),
    whole(({ wholeMs }) => wholeMs),
    whole(({ blockedMs }) => blockedMs),
    median(looks.map(({ shift }) => shift)).toFixed(3),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function startDemo() {
  build();
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-pages-'));
  const child: ChildProcess = spawn(process.execPath, startWords, {
    cwd: path.join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', DEMO_LIVE: 'off', RATE_LIMIT: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      const found = /(http:\S+)\/graphql/.exec(said);
      if (found?.[1] && said.includes('Ready')) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`Expected the gateway to start, got ${said}`)));
  });
  return {
    url,
    async stop() {
      const isOver = once(child, 'exit');
      child.kill('SIGTERM');
      await isOver;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
