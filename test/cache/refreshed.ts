import { viewNames } from '../../src/catalogue/index.js';
import type { Generation } from '../../src/views/freshness.js';

/** A refresh. The states of the first history have the numbers of its generations. */
export const refreshed = (generation: number, history = 0): Generation => ({
  generation,
  state: history + generation,
  previousState: history + generation - 1,
  asOf: `2026-03-01T12:${String(generation).padStart(2, '0')}:00.000000Z`,
  finishedAt: '2026-03-01T12:00:00.000000Z',
  durationMs: 1,
  rowsChanged: Object.fromEntries(viewNames.map((view) => [view, 1])),
  phases: {},
  behind: {},
});
