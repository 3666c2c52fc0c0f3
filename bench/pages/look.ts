import type { BrowserContext, CDPSession, Page } from 'playwright-core';

export interface Place {
  readonly name: string;
  readonly path: string;
  /** What stands there as soon as the page shows anything of worth. */
  readonly first: string;
  /** What stands there this many times once nothing is missing. */
  readonly whole: string;
  readonly wholeCount: number;
}

/** How slow machine and network are made. */
export interface Pace {
  readonly name: string;
  readonly processorSlowdown?: number;
  readonly bitsPerSecond?: number;
  readonly roundTripMs?: number;
}

const kinds = ['document', 'script', 'style', 'answer', 'other'] as const;

/** One visit. Times are in milliseconds since it was begun. */
export interface Look {
  /** As they came over the wire, with headers. */
  readonly bytes: Readonly<Record<(typeof kinds)[number], number>>;
  readonly requests: number;
  readonly firstPaintMs: number;
  readonly firstWidgetMs: number;
  readonly wholeMs: number;
  /** What tasks took beyond 50 ms each, in which the page answers nobody. */
  readonly blockedMs: number;
  /** By how much what stood there already was moved (cumulative layout shift). */
  readonly shift: number;
}

interface Noticed {
  readonly firstPaintMs: number;
  readonly firstWidgetMs: number;
  readonly wholeMs: number;
  readonly blockedMs: number;
  readonly shift: number;
}

/** Opens the page and looks until all of it is there. */
export async function look(context: BrowserContext, url: string, place: Place, pace: Pace): Promise<Look> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await slowDown(devtools, pace);
  const weighed = weigh(devtools);
  await devtools.send('Network.enable');
  await page.addInitScript(noticing(place));
  await page.goto(url + place.path);
  const noticed = await untilWhole(page);
  await page.close();
  return { ...weighed, ...noticed };
}

async function slowDown(
  devtools: CDPSession,
  { processorSlowdown = 1, bitsPerSecond, roundTripMs = 0 }: Pace,
): Promise<void> {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown });
  if (bitsPerSecond)
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: roundTripMs,
      downloadThroughput: bitsPerSecond / 8,
      uploadThroughput: bitsPerSecond / 8,
    });
}

/** Counts what comes, for as long as the page is open. */
function weigh(devtools: CDPSession) {
  const kindOf = new Map<string, (typeof kinds)[number]>();
  const weighed = { bytes: { document: 0, script: 0, style: 0, answer: 0, other: 0 }, requests: 0 };
  devtools.on('Network.requestWillBeSent', ({ requestId, type }) => {
    weighed.requests++;
    if (type === 'Document') kindOf.set(requestId, 'document');
    else if (type === 'Script') kindOf.set(requestId, 'script');
    else if (type === 'Stylesheet') kindOf.set(requestId, 'style');
    else if (type === 'Fetch' || type === 'XHR') kindOf.set(requestId, 'answer');
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weighed.bytes[kindOf.get(requestId) ?? 'other'] += encodedDataLength;
  });
  return weighed;
}

/** Runs in the page before anything of it does. */
function noticing({ first, whole, wholeCount }: Place): string {
  return `
    const noticed = window.noticed = { firstPaintMs: 0, firstWidgetMs: 0, wholeMs: 0, blockedMs: 0, shift: 0 };
    const watch = (type, notice) =>
      new PerformanceObserver((list) => list.getEntries().forEach(notice)).observe({ type, buffered: true });
    watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') noticed.firstPaintMs = entry.startTime; });
    watch('longtask', (entry) => { noticed.blockedMs += entry.duration - 50; });
    watch('layout-shift', (entry) => { if (!entry.hadRecentInput) noticed.shift += entry.value; });
    const look = () => {
      if (!noticed.firstWidgetMs && document.querySelector(${JSON.stringify(first)}))
        noticed.firstWidgetMs = performance.now();
      if (!noticed.wholeMs && document.querySelectorAll(${JSON.stringify(whole)}).length >= ${wholeCount})
        noticed.wholeMs = performance.now();
      if (!noticed.wholeMs) requestAnimationFrame(look);
    };
    look();`;
}

async function untilWhole(page: Page): Promise<Noticed> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const noticed = (await page.evaluate('window.noticed')) as Noticed;
    if (noticed.wholeMs > 0 && noticed.firstPaintMs > 0) {
      // What is still on its way belongs to the page's weight.
      await page.waitForTimeout(500);
      return (await page.evaluate('window.noticed')) as Noticed;
    }
    await page.waitForTimeout(25);
  }
  throw new Error('Expected the page to show everything within two minutes.');
}
