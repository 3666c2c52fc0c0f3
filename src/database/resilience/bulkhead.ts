import { GatewayError } from '../../errors.js';
import type { Cancellation } from './cancellation.js';

export interface BulkheadOptions {
  /** How many statements of one compartment may run at once. */
  readonly width: number;
  /** How many statements may wait. */
  readonly maxWaiting: number;
  /** Whether `maxWaiting` is a total or for each compartment; a total unless set. */
  readonly countsWaiting?: 'together' | 'in each compartment';
  /** How long one may wait, in milliseconds. */
  readonly waitLimitMs: number;
  /** After what time without an end a full compartment counts as stuck, in milliseconds. */
  readonly stuckAfterMs?: number;
  readonly elapsedMs?: () => number;
}

/** Statements that read the same relation share one compartment, so that a locked relation cannot take every connection. */
export interface Bulkhead {
  /**
   * Calls `onRoom` once there is room, before it returns where there is room at once; or `onRefuse` with a GatewayError
   * `UNAVAILABLE` or the reason of the signal. Never throws.
   */
  enter(
    compartment: string,
    signal: Cancellation | undefined,
    onRoom: () => void,
    onRefuse: (error: unknown) => void,
  ): void;
  /** To be called once for each that has entered. */
  leave(compartment: string): void;
  waiting(): number;
}

interface Waiter {
  go(): void;
}

interface Compartment {
  running: number;
  movedAtMs: number;
  readonly waiters: Set<Waiter>;
}

export function createBulkhead(options: BulkheadOptions): Bulkhead {
  const { width, maxWaiting, waitLimitMs, stuckAfterMs = 1_000 } = options;
  const { elapsedMs = () => performance.now(), countsWaiting = 'together' } = options;
  const compartments = new Map<string, Compartment>();
  let waiting = 0;

  const wait = (
    compartment: Compartment,
    signal: Cancellation | undefined,
    onRoom: () => void,
    onRefuse: (error: unknown) => void,
  ) => {
    const { movedAtMs } = compartment;
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      compartment.waiters.delete(waiter);
      waiting -= 1;
    };
    const leave = () => {
      end();
      onRefuse(signal?.reason);
    };
    const refuse = () => {
      end();
      onRefuse(new GatewayError('UNAVAILABLE'));
    };
    const restMs = waitLimitMs - stuckAfterMs;
    // Refuse also those that began to wait before the lock was noticed.
    let timer = setTimeout(
      () => {
        if (restMs <= 0 || compartment.movedAtMs === movedAtMs) refuse();
        else timer = setTimeout(refuse, restMs);
      },
      Math.min(stuckAfterMs, waitLimitMs),
    );
    const waiter = {
      go() {
        end();
        onRoom();
      },
    };
    compartment.waiters.add(waiter);
    waiting += 1;
    signal?.addEventListener('abort', leave, { once: true });
  };

  return {
    enter(name, signal, onRoom, onRefuse) {
      let compartment = compartments.get(name);
      if (!compartment) {
        compartment = { running: 0, movedAtMs: 0, waiters: new Set() };
        compartments.set(name, compartment);
      }
      if (compartment.running < width) {
        if (compartment.running === 0) compartment.movedAtMs = elapsedMs();
        compartment.running += 1;
        return onRoom();
      }
      // Refuse at once what would only wait behind a lock.
      const isStuck = elapsedMs() - compartment.movedAtMs > stuckAfterMs && compartment.waiters.size >= width;
      const before = countsWaiting === 'together' ? waiting : compartment.waiters.size;
      if (isStuck || before >= maxWaiting) return onRefuse(new GatewayError('UNAVAILABLE'));
      wait(compartment, signal, onRoom, onRefuse);
    },
    leave(name) {
      const compartment = compartments.get(name);
      if (!compartment) return;
      compartment.movedAtMs = elapsedMs();
      const [next] = compartment.waiters;
      // The place is handed on, so that nobody who comes later can take it.
      if (next) return next.go();
      compartment.running -= 1;
      // Clients come and go; an empty compartment has nothing to remember.
      if (compartment.running === 0) compartments.delete(name);
    },
    waiting: () => waiting,
  };
}
