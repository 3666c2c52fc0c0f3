import { describe, expect, it } from 'vitest';
import { Asker } from '../../src/database/execution/asker.js';
import { CancellationSource } from '../../src/database/resilience/cancellation.js';
import { createShares, type Leave } from '../../src/database/resilience/shares.js';

const settings = {
  connections: 8,
  ofRelation: 4,
  maxWaiting: 10,
  waitLimitMs: 600_000,
  stuckAfterMs: 600_000,
};

describe('A client’s share of the connections', () => {
  it('leaves one of those for a relation to others, who need not wait', async () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const places = [1, 2, 3].map(() => shares.enter(heavy, 'songs'));
    expect(places.every((place) => typeof place === 'function')).toBe(true);
    const fourth = shares.enter(heavy, 'songs');
    expect(fourth).toBeInstanceOf(Promise);
    expect(shares.enter(new Asker('other'), 'songs')).toBeTypeOf('function');
    (places[0] as Leave)();
    expect(await fourth).toBeTypeOf('function');
  });

  it('leaves some of all connections to others, whatever it reads', () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const entered = ['a', 'a', 'a', 'b', 'b', 'b'].map((relation) => shares.enter(heavy, relation));
    expect(entered.every((place) => typeof place === 'function')).toBe(true);
    expect(shares.enter(heavy, 'c')).toBeInstanceOf(Promise);
    expect(shares.enter(new Asker('other'), 'c')).toBeTypeOf('function');
  });

  it('is not waited for any longer once a second client waits for the same execution', async () => {
    const shares = createShares(settings);
    for (let n = 0; n < 3; n++) void shares.enter(new Asker('heavy'), 'songs');
    const asker = new Asker('heavy');
    const waiting = shares.enter(asker, 'songs');
    asker.join('heavy');
    asker.join('other');
    expect(await waiting).toBeNull();
    expect(shares.enter(asker, 'songs')).toBeNull();
  });

  it('is given back when whoever waited for it leaves', async () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const places = [1, 2, 3].map(() => shares.enter(heavy, 'songs'));
    const left = new CancellationSource();
    const leaving = shares.enter(heavy, 'songs', left) as Promise<unknown>;
    const next = shares.enter(heavy, 'songs') as Promise<Leave>;
    left.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    (places[0] as Leave)();
    expect(await next).toBeTypeOf('function');
  });

  it('refuses the one client whose statements wait in too great a number, and nobody else', () => {
    const shares = createShares({ ...settings, maxWaiting: 2 });
    const heavy = new Asker('heavy');
    for (let n = 0; n < 5; n++) void shares.enter(heavy, 'songs');
    expect(() => shares.enter(heavy, 'songs')).toThrow('cannot reach its data');
    expect(shares.enter(new Asker('other'), 'songs')).toBeTypeOf('function');
  });

  it('is nobody’s where no client is named', () => {
    expect(createShares(settings).enter(new Asker(null), 'songs')).toBeNull();
  });
});
