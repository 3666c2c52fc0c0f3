import { GatewayError } from '../../errors.js';

/** Something that one at a time may do. Whoever comes meanwhile is told so at once instead of waiting. */
export interface Turn {
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** `what` names it in the sentence of the refusal, such as `explain`. */
export function createTurn(what: string): Turn {
  let isTaken = false;
  return {
    async take(work) {
      if (isTaken)
        throw new GatewayError(
          'RATE_LIMITED',
          `${what}: expected to be the only one that runs on this gateway, got one that is still running; ask again when it has ended.`,
        );
      isTaken = true;
      try {
        return await work();
      } finally {
        isTaken = false;
      }
    },
  };
}
