import { describe, expect, it } from 'vitest';
import { createConcurrencyLimit } from '../../src/limits/rate/concurrency-limit.js';

/** Work that goes on until it is told to end. */
function startWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

describe('Work of one subject', () => {
  it('runs as much at a time as is allowed, then in the order it came, and does not wait for other subjects', async () => {
    const limit = createConcurrencyLimit({ atOnce: 2, maxWaiting: 10, refuse: () => new Error('refused') });
    const { begun, work, end } = startWork();
    const done = ['a', 'b', 'c', 'd'].map((name) => limit('one', work(name)));
    const other = limit('two', work('e'));
    expect(begun).toEqual(['a', 'b', 'e']);
    end('b');
    expect(await done[1]).toBe('b');
    expect(begun).toEqual(['a', 'b', 'e', 'c']);
    end('a');
    await done[0];
    expect(begun).toEqual(['a', 'b', 'e', 'c', 'd']);
    for (const name of ['c', 'd', 'e']) end(name);
    expect(await Promise.all([...done, other])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is refused when too much of it waits, and goes on after work that failed', async () => {
    const limit = createConcurrencyLimit({ atOnce: 1, maxWaiting: 1, refuse: () => new Error('refused') });
    const { work, end } = startWork();
    const failing = limit('one', async () => {
      await work('a')();
      throw new Error('failed');
    });
    const waiting = limit('one', work('b'));
    await expect(limit('one', work('c'))).rejects.toThrow('refused');
    end('a');
    await expect(failing).rejects.toThrow('failed');
    await new Promise(setImmediate);
    end('b');
    expect(await waiting).toBe('b');
    const after = limit('one', work('d'));
    end('d');
    expect(await after).toBe('d');
  });
});
