import type { IncomingMessage } from 'node:http';
import type { Admission } from './admission.js';

/** Which requests are worked on. A request counts from when all of it was read until its answer is made. */
export interface Workload {
  /** Whether a request that is not read yet would be let in now. */
  hasRoom(request: IncomingMessage): boolean;
  /** Counts a request in and gives what has to be called once its answer is made; null when there is no room. */
  enter(request: IncomingMessage): (() => void) | null;
}

/** @param admission lets in as much as can be done; without it everything */
export function createWorkload(admission: Admission | undefined): Workload {
  const hasCredentials = ({ headers }: IncomingMessage) => headers.authorization !== undefined;
  return {
    hasRoom: (request) => !admission || admission.hasRoom(hasCredentials(request)),
    enter: (request) => (admission ? admission.enter(hasCredentials(request)) : () => {}),
  };
}
