import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';

/** Ends a wait for something that never happens. No promise about speed: the slowest machine is faster than this. */
export const longestWaitMs = 120_000;

/** Repeats an assertion until it holds. */
export function waitFor<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: longestWaitMs, interval: 20 });
}

/** Looks until there is something that is not null, undefined or false. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
): Promise<Exclude<T, null | undefined | false>> {
  for (const end = performance.now() + longestWaitMs; performance.now() < end; await sleep(10)) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false)
      return found as Exclude<T, null | undefined | false>;
  }
  throw new Error(`Expected ${what}, waited ${longestWaitMs / 1000} s for it.`);
}
