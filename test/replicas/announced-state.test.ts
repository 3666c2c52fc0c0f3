import { describe, expect, it } from 'vitest';
import { createAnnouncedState } from '../../src/replicas/announced-state.js';

/** A ledger at a state, which the gateway learns when it looks. */
function createLedger(first: number | null) {
  let announced = first;
  let lookedAtMs = 0;
  const ledger = {
    nowMs: 1,
    newest: first,
    isAway: false,
    looks: 0,
    announced: () => announced,
    silentMs: () => ledger.nowMs - lookedAtMs,
    async look() {
      ledger.looks += 1;
      const askedAtMs = ledger.nowMs;
      await Promise.resolve();
      if (ledger.isAway) return;
      lookedAtMs = askedAtMs;
      announced = ledger.newest;
    },
  };
  return { ledger, state: createAnnouncedState(ledger, () => ledger.nowMs) };
}

describe('Rows of a replica', () => {
  it('are current at the state that was announced when they were asked for, and at the one that is by now', async () => {
    const { ledger, state } = createLedger(11);
    expect(await state.isCurrent(11, 11)).toBe(true);
    ledger.newest = 12;
    await ledger.look();
    expect(await state.isCurrent(11, 11)).toBe(true);
    expect(await state.isCurrent(12, 11)).toBe(true);
    expect(await state.isCurrent(11, 12)).toBe(false);
  });

  it('are current at a state that nobody had heard of, once a look at the ledger finds that', async () => {
    const { ledger, state } = createLedger(11);
    expect(await state.isCurrent(12, 11)).toBe(false);
    ledger.newest = 12;
    expect(await state.isCurrent(12, 11)).toBe(true);
    expect(ledger.looks).toBe(2);
  });

  it('are never current without a state', async () => {
    const { ledger, state } = createLedger(11);
    expect(await state.isCurrent(null, 11)).toBe(false);
    expect(ledger.looks).toBe(0);
  });
});

describe('The announced state', () => {
  it('is nothing to go by after the primary showed another one, until the ledger was looked at again', async () => {
    const { ledger, state } = createLedger(11);
    expect(state.known()).toBe(11);
    ledger.nowMs = 2;
    ledger.newest = 12;
    ledger.isAway = true;
    state.sawOnPrimary(12);
    await Promise.resolve();
    expect(state.known()).toBeNull();
    ledger.nowMs = 3;
    ledger.isAway = false;
    await ledger.look();
    expect(state.known()).toBe(12);
  });

  it('stays known while the primary shows it, or gives no row', () => {
    const { state, ledger } = createLedger(11);
    ledger.nowMs = 2;
    state.sawOnPrimary(11);
    state.sawOnPrimary(null);
    expect(state.known()).toBe(11);
  });
});
