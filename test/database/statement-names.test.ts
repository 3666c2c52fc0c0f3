import { describe, expect, it } from 'vitest';
import { createStatementNames } from '../../src/database/connection/statement-names.js';

describe('The names of statements', () => {
  const often = (names: ReturnType<typeof createStatementNames>, text: string) =>
    [1, 2, 3, 4].map(() => names.nameOf(text));

  it('are given to what comes a third time, and stay', () => {
    const names = createStatementNames();
    const [first, second, third, fourth] = often(names, 'select 1');
    expect([first, second]).toEqual([undefined, undefined]);
    expect(third).toEqual(expect.any(String));
    expect(fourth).toBe(third);
    expect(often(names, 'select 2')[3]).not.toBe(third);
  });

  it('are never more than two hundred, and what comes often keeps its own in a flood of others', () => {
    const names = createStatementNames();
    const kept = often(names, 'select often')[3];
    const given = new Set<string | undefined>();
    for (let n = 0; n < 2_000; n++) {
      given.add(often(names, `select ${n}`)[3]);
      expect(names.nameOf('select often')).toBe(kept);
    }
    expect(given.size).toBe(199);
    expect(given.has(kept)).toBe(false);
  });

  it('are taken away for ten minutes from what turns out to be slow', () => {
    let now = 1;
    const names = createStatementNames({ now: () => now });
    expect(often(names, 'select 1')[3]).toBeDefined();
    names.took('select 1', 200);
    expect(names.nameOf('select 1')).toBeDefined();
    names.took('select 1', 300);
    expect(often(names, 'select 1')).toEqual([undefined, undefined, undefined, undefined]);
    now += 600_001;
    expect(often(names, 'select 1')[3]).toBeDefined();
  });
});
