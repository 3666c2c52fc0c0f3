import { GatewayError } from '../errors.js';
import type { Ending } from './ending.js';

export interface LanesOptions {
  /** How many statements of one lane may run at once. */
  readonly width: number;
  /** How many statements may wait. */
  readonly mostWaiting: number;
  /** Where that many may; in all lanes together unless said. */
  readonly countsWaiting?: 'together' | 'in each lane';
  /** How long one may wait, in milliseconds. */
  readonly waitLimitMs: number;
  /** After what time without an end a full lane counts as stuck, in milliseconds. */
  readonly stuckAfterMs?: number;
  readonly elapsedMs?: () => number;
}

/** Statements that read the same relation go in one lane, so that a relation that is locked cannot take every connection. */
export interface Lanes {
  /**
   * Undefined when there is room at once; else settles when there is.
   * @throws GatewayError `UNAVAILABLE`, or the reason of the signal
   */
  enter(lane: string, signal?: Ending): Promise<void> | undefined;
  /** To be called once for each that has entered. */
  leave(lane: string): void;
  waiting(): number;
}

interface Waiter {
  go(): void;
}

interface Lane {
  running: number;
  movedAtMs: number;
  readonly waiters: Set<Waiter>;
}

export function createLanes(options: LanesOptions): Lanes {
  const { width, mostWaiting, waitLimitMs, stuckAfterMs = 1_000 } = options;
  const { elapsedMs = () => performance.now(), countsWaiting = 'together' } = options;
  const lanes = new Map<string, Lane>();
  let waiting = 0;

  const wait = (lane: Lane, signal: Ending | undefined) =>
    new Promise<void>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        clearTimeout(stuckTimer);
        signal?.removeEventListener('abort', leave);
        lane.waiters.delete(waiter);
        waiting -= 1;
      };
      const leave = () => {
        end();
        reject(signal?.reason);
      };
      const refuse = () => {
        end();
        reject(new GatewayError('UNAVAILABLE'));
      };
      const timer = setTimeout(refuse, waitLimitMs);
      // Whoever came before a lock was noticed does not have to wait behind it to the end.
      const { movedAtMs } = lane;
      const stuckTimer = setTimeout(() => {
        if (lane.movedAtMs === movedAtMs) refuse();
      }, stuckAfterMs);
      const waiter = {
        go() {
          end();
          resolve();
        },
      };
      lane.waiters.add(waiter);
      waiting += 1;
      signal?.addEventListener('abort', leave, { once: true });
    });

  return {
    enter(name, signal) {
      let lane = lanes.get(name);
      if (!lane) {
        lane = { running: 0, movedAtMs: 0, waiters: new Set() };
        lanes.set(name, lane);
      }
      if (lane.running < width) {
        if (lane.running === 0) lane.movedAtMs = elapsedMs();
        lane.running += 1;
        return undefined;
      }
      // Whoever would wait behind a lock is told so, instead of filling the house with those who wait.
      const isStuck = elapsedMs() - lane.movedAtMs > stuckAfterMs && lane.waiters.size >= width;
      const before = countsWaiting === 'together' ? waiting : lane.waiters.size;
      if (isStuck || before >= mostWaiting) throw new GatewayError('UNAVAILABLE');
      return wait(lane, signal);
    },
    leave(name) {
      const lane = lanes.get(name);
      if (!lane) return;
      lane.movedAtMs = elapsedMs();
      const [next] = lane.waiters;
      // The place is handed on, so that nobody who comes later can take it.
      if (next) next.go();
      else lane.running -= 1;
      // Lanes of clients come and go; one that is empty has nothing to remember.
      if (lane.running === 0) lanes.delete(name);
    },
    waiting: () => waiting,
  };
}
