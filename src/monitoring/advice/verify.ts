import { type Explained, nodesOf } from '../plans/plan.js';
import type { Candidate } from './candidate.js';
import type { Hypothetical, HypotheticalIndex } from './hypothetical.js';
import type { Proposal } from './proposal.js';
import { isServed } from './served.js';

/** An index that the planner would use, and what the statement costs without and with it. */
export interface Verified {
  readonly proposal: Proposal;
  readonly candidate: Candidate;
  readonly costBefore: number;
  readonly costAfter: number;
  readonly bytes: number;
}

/** An index has to take away at least this part of a statement's cost to be worth its upkeep. */
const leastGain = 0.3;

/** And at least this much of it: about as many pages read in order. */
const leastSaving = 100;

/** A smaller index is preferred when the statement costs hardly more with it: a tenth, or a two-hundredth of what it did. */
const hardlyMore = 0.1;
const hardlyMoreOfBefore = 0.005;

const mostIndexes = 3;

/**
 * Asks the planner what it would do with each candidate, keeps the best, and asks again for what is left: the best
 * index for one table may depend on what there is for another.
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
  while (open.length > 0 && accepted.length < mostIndexes) {
    const trials: Verified[] = [];
    for (const proposal of open)
      for (const candidate of proposal.candidates) {
        const trial = await tryOut(hypothetical, proposal, candidate, plan);
        if (trial) trials.push({ proposal, candidate, costBefore: cost, ...trial });
      }
    const best = bestOf(trials);
    if (!best || cost - best.costAfter < Math.max(leastSaving, cost * leastGain)) break;
    accepted.push(best);
    cost = best.costAfter;
    open = open.filter((proposal) => proposal !== best.proposal);
    if (open.length > 0) await createAll(hypothetical, best.proposal, best.candidate);
  }
  return accepted;
}

/** Null when the planner does not use it. */
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

/** On a partitioned table each partition that lacks the index gets its own. */
async function createAll(
  hypothetical: Hypothetical,
  { relations }: Proposal,
  candidate: Candidate,
): Promise<HypotheticalIndex[]> {
  const made: HypotheticalIndex[] = [];
  for (const relation of relations)
    if (!isServed(candidate, relation.indexes)) made.push(await hypothetical.create(relation, candidate));
  return made;
}

function bestOf(trials: readonly Verified[]): Verified | undefined {
  const least = Math.min(...trials.map((trial) => trial.costAfter));
  return trials
    .filter(
      ({ costAfter, costBefore }) =>
        costAfter - least <= Math.max(least * hardlyMore, costBefore * hardlyMoreOfBefore),
    )
    .sort(
      (a, b) =>
        a.candidate.columns.length - b.candidate.columns.length ||
        a.bytes - b.bytes ||
        a.costAfter - b.costAfter,
    )[0];
}
