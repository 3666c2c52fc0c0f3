import { Asker } from '../database/asker.js';
import { Ended, type Ending } from '../database/ending.js';
import { GatewayError } from '../errors.js';

/** Calls what it is given when whoever asked leaves without the answer. */
export type Leaving = (leave: () => void) => void;

/** Work that whoever asks for the same joins. */
export interface Runs<Result> {
  /**
   * Starts the work for a client, or joins it where it runs under that key already; null never joins. Its signal aborts when all
   * who wait for it have left, or at the limit. One who does not say how leaving is noticed waits for ever.
   * @throws GatewayError `TIMEOUT` when it does not heed the signal
   */
  join(
    key: string | null,
    work: (signal: Ending, asker: Asker) => Promise<Result>,
    leaving?: Leaving,
    client?: string | null,
  ): Promise<Result>;
  has(key: string): boolean;
}

interface Run<Result> {
  readonly promise: Promise<Result>;
  readonly ending: Ended;
  readonly asker: Asker;
  waiting: number;
}

/** How long work that was told to end may take to do so, in milliseconds. */
const graceMs = 250;

export function createRuns<Result>(limitMs: number): Runs<Result> {
  const running = new Map<string, Run<Result>>();

  const start = (
    key: string | null,
    work: (signal: Ending, asker: Asker) => Promise<Result>,
    client: string | null,
  ): Run<Result> => {
    const ending = new Ended();
    const asker = new Asker(client);
    const promise = new Promise<Result>((resolve, reject) => {
      let timer = setTimeout(() => {
        ending.abort(new GatewayError('TIMEOUT'));
        timer = setTimeout(() => {
          forget();
          reject(new GatewayError('TIMEOUT'));
        }, graceMs);
      }, limitMs);
      work(ending, asker)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          forget();
        });
    });
    const run = { promise, ending, asker, waiting: 0 };
    const forget = () => {
      if (key !== null && running.get(key) === run) running.delete(key);
    };
    if (key !== null) running.set(key, run);
    return run;
  };

  return {
    join(key, work, leaving, client = null) {
      const run = (key === null ? undefined : running.get(key)) ?? start(key, work, client);
      run.asker.join(client);
      run.waiting += 1;
      leaving?.(() => {
        run.waiting -= 1;
        if (run.waiting > 0) return;
        // Whoever asks from now on must not join what is being ended.
        if (key !== null && running.get(key) === run) running.delete(key);
        run.ending.abort(new Error('Whoever asked has left before the answer.'));
      });
      return run.promise;
    },
    has: (key) => running.has(key),
  };
}
