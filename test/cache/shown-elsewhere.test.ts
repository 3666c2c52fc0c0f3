import { closeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Question } from '../../src/cache/question.js';
import { createResponseCache, type ResponseCache } from '../../src/cache/response-cache.js';
import { createShownElsewhere } from '../../src/cache/shown-elsewhere.js';
import { createPageFile, openShownPage } from '../../src/gateway/workers/shown-page.js';
import { refreshed } from './refreshed.js';

describe('A cache beside another process', () => {
  let descriptor = 0;
  /** What the database shows. */
  let current = refreshed(1);
  /** The clock, and how long the database has said nothing. */
  let elapsedMs = 0;
  let readAtMs = 0;
  let isAway = false;
  let caches: readonly ResponseCache<string>[] = [];

  const make = (slot: number): ResponseCache<string> => {
    const page = openShownPage(descriptor, 2, slot);
    const silentMs = () => elapsedMs - readAtMs;
    const cache: ResponseCache<string> = createResponseCache<string>({
      maxBytes: 1_000_000,
      silentMs,
      staleLimitMs: 60_000,
      async look() {
        if (isAway) return;
        elapsedMs += 1;
        readAtMs = elapsedMs;
        void cache.showGeneration(current);
      },
      elsewhere: createShownElsewhere({
        newest: page.newest,
        write: page.write,
        silentMs,
        elapsedMs: () => elapsedMs,
      }),
    });
    return cache;
  };
  const question: Question<string> = {
    key: 'a',
    retainedBytes: 0,
    run: async () =>
      isAway
        ? { kind: 'failure', failure: 'away', isAway }
        : {
            kind: 'answer',
            text: `{"generation":${current.generation}}`,
            state: current.state,
            isUncertain: false,
            sources: new Set(['mv_song_analytics'] as const),
          },
  };
  const ask = async (which: number) => {
    elapsedMs += 1;
    const served = await caches[which]!.ask(question);
    return served.kind === 'failure' ? served.failure : [served.kind, served.answer.generation];
  };

  beforeEach(async () => {
    descriptor = createPageFile(2);
    current = refreshed(1);
    elapsedMs = 1_000;
    readAtMs = 1_000;
    isAway = false;
    caches = [make(0), make(1)];
    for (const cache of caches) await cache.showGeneration(current);
    for (const which of [0, 1]) await ask(which);
  });
  afterEach(() => closeSync(descriptor));

  it('answers from what it has while both show the same refresh', async () => {
    expect([await ask(0), await ask(1)]).toEqual([
      ['hit', 1],
      ['hit', 1],
    ]);
    expect(caches[1]?.peek('a')).not.toBeNull();
  });

  it('reads what the other one has shown, before anybody told it of that', async () => {
    current = refreshed(2);
    await caches[0]?.showGeneration(current);
    expect(caches[1]?.peek('a')).toBeNull();
    expect(await ask(1)).toEqual(['miss', 2]);
    expect(await ask(1)).toEqual(['hit', 2]);
  });

  it('does not give out what it began to read before the other one showed more', async () => {
    caches = [caches[0]!, make(1)];
    await caches[1]?.showGeneration(refreshed(1));
    let finish = () => {};
    const slow: Question<string> = {
      ...question,
      async run(...rest) {
        const outcome = await question.run(...rest);
        if (current.generation === 1)
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
        return outcome;
      },
    };
    const asked = caches[1]!.ask(slow);
    await new Promise(setImmediate);
    current = refreshed(2);
    await caches[0]?.showGeneration(current);
    finish();
    expect(await asked).toMatchObject({ kind: 'miss', answer: { generation: 2 } });
  });

  it('would rather say nothing than less than the other one has said, while the database is away', async () => {
    current = refreshed(2);
    await caches[0]?.showGeneration(current);
    isAway = true;
    elapsedMs += 10_000;
    expect(await ask(1)).toBe('away');
    elapsedMs += 10_000;
    expect(await ask(1)).toBe('away');
  });

  it('believes the ledger where the database was restored, whatever the other one shows', async () => {
    for (let generation = 2; generation < 9; generation++)
      await caches[0]?.showGeneration(refreshed(generation));
    current = refreshed(3, 100);
    expect(await ask(1)).toEqual(['miss', 3]);
    await ask(1);
    expect(await ask(1)).toEqual(['hit', 3]);
  });
});
