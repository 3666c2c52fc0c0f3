import { unitCosts } from './unit-costs.js';

/** Objects that cost more to find than one which a loader reads by its key. */
export const knownObjects: ReadonlyMap<string, number> = new Map([
  ['Artist.openStatement', unitCosts.openStatement],
]);
