import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, Question } from '../../src/cache/question.js';
import {
  createResponseCache,
  type ResponseCache,
  type ResponseCacheOptions,
} from '../../src/cache/response-cache.js';
import { viewNames } from '../../src/catalogue/index.js';
import type { Source } from '../../src/views/reading.js';
import { refreshed } from './refreshed.js';

describe('The response cache', () => {
  /** The refresh that the database shows, which the gateway may not have heard of. */
  let shown = 1;
  let silentMs = 0;
  let runs = 0;
  let cache: ResponseCache<string>;
  const make = (options: Partial<ResponseCacheOptions> = {}) =>
    createResponseCache<string>({
      maxBytes: 1_000_000,
      silentMs: () => silentMs,
      staleLimitMs: 60_000,
      look: async () => {
        if (silentMs === 0) void cache.showGeneration(refreshed(shown));
      },
      warm: { questions: 10, limitMs: 1_000 },
      ...options,
    });
  beforeEach(async () => {
    shown = 1;
    silentMs = 0;
    runs = 0;
    cache = make();
    await cache.showGeneration(refreshed(1));
  });

  const outcome = (text: string, state: number | null = shown): Outcome<string> => ({
    kind: 'answer',
    text,
    state,
    isUncertain: false,
    sources: new Set<Source>(['mv_song_analytics']),
  });
  const question = (
    key: string,
    run: () => Promise<Outcome<string>> = async () => outcome(`${key} at ${shown}`),
  ): Question<string> => ({
    key,
    retainedBytes: 0,
    run: () => {
      runs += 1;
      return run();
    },
  });
  const ask = async (asked: Question<string>) => {
    const served = await cache.ask(asked);
    return served.kind === 'failure'
      ? served
      : {
          kind: served.kind,
          text: served.answer.body.identity.bytes.toString(),
          generation: served.answer.generation,
        };
  };

  it.each([
    ['as often as before', 1],
    ['less often', 0],
    ['more often', 2],
  ])('shows nothing of another history that was refreshed %s', async (_, generation) => {
    const elsewhere = async () => outcome('elsewhere', 100 + generation);
    expect(await ask(question('a'))).toMatchObject({ text: 'a at 1' });
    const { rowsChanged, ...other } = refreshed(generation, 100);
    const unchanged = Object.fromEntries(viewNames.map((view) => [view, 0]));
    await cache.showGeneration({ ...other, rowsChanged: { ...unchanged, mv_artist_analytics: 1 } });
    expect(cache.peek('a')).toBeNull();
    expect(await ask(question('a', elsewhere))).toEqual({ kind: 'miss', text: 'elsewhere', generation });
    expect(await ask(question('a', elsewhere))).toMatchObject({ kind: 'hit', text: 'elsewhere' });
  });

  it('looks at the ledger when an execution saw another history, before anybody announced it', async () => {
    const looked = make({ look: async () => void looked.showGeneration(refreshed(1, 100)) });
    await looked.showGeneration(refreshed(1));
    const served = await looked.ask(question('a', async () => outcome('elsewhere', 101)));
    expect(served).toMatchObject({ kind: 'miss', answer: { generation: 1, state: 101 } });
    expect(looked.known()?.state).toBe(101);
  });

  it('runs a question once for each refresh', async () => {
    expect(await ask(question('a'))).toEqual({ kind: 'miss', text: 'a at 1', generation: 1 });
    expect(await ask(question('a'))).toEqual({ kind: 'hit', text: 'a at 1', generation: 1 });
    shown = 2;
    await cache.showGeneration(refreshed(2));
    expect((await ask(question('a'))).kind).toBe('hit');
    expect(await ask(question('a'))).toMatchObject({ text: 'a at 2', generation: 2 });
    expect(runs).toBe(2);
  });

  it('lets five hundred who ask the same at once share one run', async () => {
    const served = await Promise.all(Array.from({ length: 500 }, () => ask(question('a'))));
    expect(new Set(served.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(runs).toBe(1);
  });

  it('runs again when a refresh came between two statements', async () => {
    let torn = true;
    const asked = question('a', async () => {
      const isTorn = torn;
      torn = false;
      shown = 2;
      return { ...outcome(isTorn ? 'torn' : 'whole'), isUncertain: isTorn } as Outcome<string>;
    });
    expect(await ask(asked)).toEqual({ kind: 'miss', text: 'whole', generation: 2 });
  });

  it('shows everybody the refresh that one execution saw before it was announced', async () => {
    await ask(question('old'));
    shown = 2;
    expect(await ask(question('new'))).toMatchObject({ text: 'new at 2', generation: 2 });
    expect(cache.known()?.generation).toBe(2);
    expect(await ask(question('old'))).toMatchObject({ text: 'old at 2', generation: 2 });
  });

  it('does not keep what was read before a refresh and came after it', async () => {
    let finish = () => {};
    const slow = question('slow', async () => {
      const text = `slow at ${shown}`;
      const generation = shown;
      if (generation === 1)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      return outcome(text, generation);
    });
    const asked = ask(slow);
    await Promise.resolve();
    shown = 2;
    await cache.showGeneration(refreshed(2));
    finish();
    expect(await asked).toEqual({ kind: 'miss', text: 'slow at 2', generation: 2 });
  });

  it('has the answers that are asked for most when a refresh is shown', async () => {
    await ask(question('a'));
    await ask(question('a'));
    shown = 2;
    const flipped = cache.showGeneration(refreshed(2));
    expect(await ask(question('a'))).toMatchObject({ kind: 'hit', generation: 1 });
    await flipped;
    expect(runs).toBe(2);
    expect(await ask(question('a'))).toMatchObject({ kind: 'hit', text: 'a at 2', generation: 2 });
    expect(runs).toBe(2);
  });

  it('forgets with a refresh what it made untrue and nobody asked for twice', async () => {
    cache = make({ warm: { questions: 0, limitMs: 20 } });
    await cache.showGeneration(refreshed(1));
    for (const key of ['once', 'twice', 'twice', 'elsewhere'])
      await ask(
        question(key, async () => ({
          ...outcome(key),
          sources: new Set<Source>([key === 'elsewhere' ? 'mv_genre_stats' : 'mv_song_analytics']),
        })),
      );
    await cache.showGeneration({
      ...refreshed(2),
      rowsChanged: { ...refreshed(2).rowsChanged, mv_genre_stats: 0 },
    });
    shown = 2;
    expect(cache.stats()).toMatchObject({ entries: 2, evictions: 0 });
    expect((await ask(question('elsewhere'))).kind).toBe('hit');
    await cache.showGeneration(refreshed(3));
    expect(cache.stats().entries).toBe(0);
  });

  it('shows a refresh after its time to prepare, whatever was not ready by then', async () => {
    cache = make({ warm: { questions: 10, limitMs: 20 } });
    await cache.showGeneration(refreshed(1));
    let stuck = false;
    await ask(question('a', () => (stuck ? new Promise(() => {}) : Promise.resolve(outcome('a')))));
    stuck = true;
    shown = 2;
    await cache.showGeneration(refreshed(2));
    expect(cache.known()?.generation).toBe(2);
  });

  it('keeps no failure, and gives it to those who waited for the same run', async () => {
    let fails = true;
    const asked = question('a', async () =>
      fails ? { kind: 'failure', failure: 'broken', isAway: false } : outcome('a'),
    );
    const both = await Promise.all([ask(asked), ask(asked)]);
    expect(both.map((each) => each.kind)).toEqual(['failure', 'failure']);
    fails = false;
    expect(await ask(asked)).toMatchObject({ kind: 'miss', text: 'a' });
  });

  it('says of the last answer that it is stale while the database is away, and only for so long', async () => {
    await ask(question('a'));
    silentMs = 10_000;
    expect(cache.peek('a')).toBeNull();
    expect(await ask(question('a'))).toMatchObject({ kind: 'stale', text: 'a at 1' });
    expect(runs).toBe(1);
    silentMs = 61_000;
    const away = question('a', async () => ({ kind: 'failure', failure: 'away', isAway: true }));
    expect(await ask(away)).toEqual({ kind: 'failure', failure: 'away', isAway: true });
  });

  it('stays with the refresh before when the database has gone before the new one could be read', async () => {
    let isAway = false;
    const asked = question('a', async () =>
      isAway ? { kind: 'failure', failure: 'away', isAway: true } : outcome(`a at ${shown}`),
    );
    await ask(asked);
    isAway = true;
    shown = 2;
    await cache.showGeneration(refreshed(2));
    expect(await ask(asked)).toEqual({ kind: 'stale', text: 'a at 1', generation: 1 });
    expect(cache.peek('a')).toBeNull();
    isAway = false;
    expect(await ask(asked)).toEqual({ kind: 'miss', text: 'a at 2', generation: 2 });
    expect(cache.known()?.generation).toBe(2);
    expect((await ask(asked)).kind).toBe('hit');
  });

  it('never says as stale what is older than what was shown already', async () => {
    cache = make({ warm: { questions: 0, limitMs: 0 } });
    await cache.showGeneration(refreshed(1));
    await ask(question('a'));
    shown = 2;
    await cache.showGeneration(refreshed(2));
    await ask(question('b'));
    silentMs = 10_000;
    expect(await ask(question('b'))).toMatchObject({ kind: 'stale', generation: 2 });
    const away = question('a', async () => ({ kind: 'failure', failure: 'away', isAway: true }));
    expect(await ask(away)).toMatchObject({ kind: 'failure', failure: 'away' });
    const broken = question('b', async () => ({ kind: 'failure', failure: 'broken', isAway: false }));
    silentMs = 70_000;
    expect((await ask(broken)).kind).toBe('failure');
  });

  it('forgets everything when the database was restored to an older refresh', async () => {
    shown = 7;
    await cache.showGeneration(refreshed(7));
    await ask(question('a'));
    shown = 3;
    await cache.showGeneration(refreshed(3));
    expect(cache.known()?.generation).toBe(3);
    expect(await ask(question('a'))).toEqual({ kind: 'miss', text: 'a at 3', generation: 3 });
  });

  it('stays within its bound however many different questions come', async () => {
    cache = make({ maxBytes: 200_000 });
    await cache.showGeneration(refreshed(1));
    for (let n = 0; n < 2_000; n++) await ask(question(`question ${n}`));
    const { bytes, entries, evictions } = cache.stats();
    expect(bytes).toBeLessThanOrEqual(200_000);
    expect(entries + evictions).toBe(2_000);
    expect((await ask(question('question 1999'))).kind).toBe('hit');
    expect((await ask(question('question 0'))).kind).toBe('miss');
  });

  it('says that it cannot reach the data while it has heard of no refresh, and does not blame one', async () => {
    const unheard = make({ look: async () => {} });
    const nothingRead = question('a', async () => ({ ...outcome('a', null), sources: new Set<Source>() }));
    await expect(unheard.ask(nothingRead)).rejects.toThrow('The gateway cannot reach its data');
  });

  it('keeps nothing when it is switched off', async () => {
    cache = make({ maxBytes: 0 });
    await cache.showGeneration(refreshed(1));
    expect((await ask(question('a'))).kind).toBe('miss');
    expect((await ask(question('a'))).kind).toBe('miss');
  });
});
