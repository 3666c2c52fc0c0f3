import type { Viewer } from '../auth/viewer.js';
import { GatewayError } from '../errors.js';

/** Bounds how many exports run at once. */
export interface ExportPlaces {
  /**
   * Takes a place, and returns the function that gives it back.
   * @throws GatewayError `UNAVAILABLE` when there is none
   */
  take(viewer: Viewer, client: string): () => void;
}

/**
 * Half of all places, if there is more than one, are reserved for operators. Every other client has one at a
 * time, because a download may take minutes, and slow clients must not block the rest.
 */
export function createExportPlaces(atOnce: number): ExportPlaces {
  const ofOthers = Math.max(1, Math.floor(atOnce / 2));
  const clients = new Set<string>();
  let running = 0;
  const refuse = (most: number, whose: string) => {
    throw new GatewayError(
      'UNAVAILABLE',
      `The export: expected at most ${most} at once ${whose}, got one more; try again when one has ended.`,
    );
  };
  return {
    take(viewer, client) {
      const isOperator = viewer.kind === 'operator';
      if (!isOperator && clients.has(client)) refuse(1, 'for one client');
      if (running >= atOnce) refuse(atOnce, 'for everybody');
      if (!isOperator && clients.size >= ofOthers) refuse(ofOthers, 'for all who are no operators');
      running += 1;
      if (!isOperator) clients.add(client);
      return () => {
        running -= 1;
        if (!isOperator) clients.delete(client);
      };
    },
  };
}
