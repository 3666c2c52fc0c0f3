import { wholeSteps } from './whole-steps.ts';

/** How many ranks below the first are named at the axis at most. */
const maxNamed = 5;

/** What an axis of ranks from 1 to `worst` spans, with room for the points at both ends. */
export function rankRange(worst: number | null): [number, number] {
  const last = worst ?? 1;
  const room = Math.max(0.5, (last - 1) * 0.06);
  return [1 - room, last + room];
}

/** The ranks that are named at an axis that ends at `end`: always the first, and then in equal steps. */
export function ranksAtAxis(end: number): number[] {
  const step = wholeSteps.find((each) => end / each <= maxNamed + 1) ?? 1;
  const named = [1];
  for (let rank = step; rank <= end; rank += step) if (rank > 1) named.push(rank);
  return named;
}
