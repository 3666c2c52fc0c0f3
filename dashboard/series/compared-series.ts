import type { PlatformSeriesQuery } from '../../src/client/operations.ts';

/** A series with the period before, as all questions for series select it. */
export type ComparedSeries = PlatformSeriesQuery['platformStats']['series'];
