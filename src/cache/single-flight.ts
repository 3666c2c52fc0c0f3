import { Asker } from '../database/execution/asker.js';
import { type Cancellation, CancellationSource } from '../database/resilience/cancellation.js';
import { GatewayError } from '../errors.js';

/** Registers a callback for when the client disconnects before it has its answer. */
export type OnDisconnect = (leave: () => void) => void;

/** Runs work once for all callers that ask for the same key at the same time. */
export interface SingleFlight<Result> {
  /**
   * Starts the work for a client, or joins the run of that key; null never joins. The signal aborts when all callers have
   * disconnected, or at the limit. A caller without `onDisconnect` counts as waiting until the end.
   * @throws GatewayError `TIMEOUT` when the work ignores the signal
   */
  join(
    key: string | null,
    work: (signal: Cancellation, asker: Asker) => Promise<Result>,
    onDisconnect?: OnDisconnect,
    client?: string | null,
  ): Promise<Result>;
  has(key: string): boolean;
}

interface Run<Result> {
  readonly promise: Promise<Result>;
  readonly cancellation: CancellationSource;
  readonly asker: Asker;
  waiting: number;
}

/** How long cancelled work may take to end, in milliseconds. */
const graceMs = 250;

export function createSingleFlight<Result>(limitMs: number): SingleFlight<Result> {
  const running = new Map<string, Run<Result>>();

  const start = (
    key: string | null,
    work: (signal: Cancellation, asker: Asker) => Promise<Result>,
    client: string | null,
  ): Run<Result> => {
    const cancellation = new CancellationSource();
    const asker = new Asker(client);
    const promise = new Promise<Result>((resolve, reject) => {
      let timer = setTimeout(() => {
        cancellation.abort(new GatewayError('TIMEOUT'));
        timer = setTimeout(() => {
          forget();
          reject(new GatewayError('TIMEOUT'));
        }, graceMs);
      }, limitMs);
      work(cancellation, asker)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          forget();
        });
    });
    const run = { promise, cancellation, asker, waiting: 0 };
    const forget = () => {
      if (key !== null && running.get(key) === run) running.delete(key);
    };
    if (key !== null) running.set(key, run);
    return run;
  };

  return {
    join(key, work, onDisconnect, client = null) {
      const run = (key === null ? undefined : running.get(key)) ?? start(key, work, client);
      run.asker.join(client);
      run.waiting += 1;
      onDisconnect?.(() => {
        run.waiting -= 1;
        if (run.waiting > 0) return;
        // Later callers must not join a run that is being cancelled.
        if (key !== null && running.get(key) === run) running.delete(key);
        run.cancellation.abort(new Error('The client disconnected before the answer.'));
      });
      return run.promise;
    },
    has: (key) => running.has(key),
  };
}
