import { type Explained, nodesOf } from '../../explain/plan.js';
import type { Candidate } from '../candidates/candidate.js';
import type { Proposal } from '../candidates/proposal.js';
import { isServed } from '../candidates/served.js';
import type { Hypothetical, HypotheticalIndex } from './hypothetical.js';

/** An index that the planner would use, with the statement's cost without and with it. */
export interface Verified {
  readonly proposal: Proposal;
  readonly candidate: Candidate;
  readonly costBefore: number;
  readonly costAfter: number;
  readonly bytes: number;
}

/** Minimum fraction of a statement's cost that an index has to save. */
const minSavedFraction = 0.3;

/** Minimum saving in cost units (about sequential page reads). */
const minSavedCost = 100;

/** A smaller index is preferred if the cost is within this fraction of the best cost, or of the cost before. */
const toleranceOfBest = 0.1;
const toleranceOfBefore = 0.005;

const maxIndexes = 3;

/**
 * Plans the statement with each candidate, accepts the best, and repeats for the remaining tables, because the best index
 * for one table may depend on an index of another.
 */
export async function verify(
  hypothetical: Hypothetical,
  proposals: readonly Proposal[],
  plan: () => Promise<Explained>,
  before: Explained,
): Promise<Verified[]> {
  const accepted: Verified[] = [];
  let cost = before.Plan['Total Cost'];
  let open = proposals;
  while (open.length > 0 && accepted.length < maxIndexes) {
    const trials: Verified[] = [];
    for (const proposal of open)
      for (const candidate of proposal.candidates) {
        const trial = await tryOut(hypothetical, proposal, candidate, plan);
        if (trial) trials.push({ proposal, candidate, costBefore: cost, ...trial });
      }
    const best = bestOf(trials);
    if (!best || cost - best.costAfter < Math.max(minSavedCost, cost * minSavedFraction)) break;
    accepted.push(best);
    cost = best.costAfter;
    open = open.filter((proposal) => proposal !== best.proposal);
    if (open.length > 0) await createAll(hypothetical, best.proposal, best.candidate);
  }
  return accepted;
}

/** Null when the planner does not use the candidate. */
async function tryOut(
  hypothetical: Hypothetical,
  proposal: Proposal,
  candidate: Candidate,
  plan: () => Promise<Explained>,
): Promise<{ costAfter: number; bytes: number } | null> {
  const made = await createAll(hypothetical, proposal, candidate);
  const { Plan: root } = await plan();
  for (const index of made) await hypothetical.drop(index);
  const used = new Set([...nodesOf(root)].map((node) => node['Index Name']));
  if (!made.some((index) => used.has(index.name))) return null;
  return { costAfter: root['Total Cost'], bytes: made.reduce((sum, index) => sum + index.bytes, 0) };
}

/** Creates the hypothetical index on each relation that lacks it. */
async function createAll(
  hypothetical: Hypothetical,
  { relations }: Proposal,
  candidate: Candidate,
): Promise<HypotheticalIndex[]> {
  const made: HypotheticalIndex[] = [];
  for (const relation of relations)
    if (!isServed(candidate, relation)) made.push(await hypothetical.create(relation, candidate));
  return made;
}

function bestOf(trials: readonly Verified[]): Verified | undefined {
  const least = Math.min(...trials.map((trial) => trial.costAfter));
  return trials
    .filter(
      ({ costAfter, costBefore }) =>
        costAfter - least <= Math.max(least * toleranceOfBest, costBefore * toleranceOfBefore),
    )
    .sort(
      (a, b) =>
        a.candidate.columns.length - b.candidate.columns.length ||
        a.bytes - b.bytes ||
        a.costAfter - b.costAfter,
    )[0];
}
