import type { Explained } from '../plans/plan.js';
import type { Reading } from '../plans/reading.js';
import { describeSuggestion } from './describe.js';
import { findHypothetical } from './hypothetical.js';
import { type Proposal, proposalsFor } from './proposal.js';
import type { IndexSuggestion } from './type.js';
import { verify } from './verify.js';

/**
 * Which indexes would make a statement cheaper. `plan` asks the planner about it, without running it. Nothing is ever
 * made: where HypoPG is installed the planner is told of indexes that are not there, and forgets them again.
 */
export async function advise(reading: Reading, plan: () => Promise<Explained>): Promise<IndexSuggestion[]> {
  const before = await plan();
  const proposals = await proposalsFor(reading.database, before.Plan);
  if (proposals.length === 0) return [];
  const hypothetical = await findHypothetical(reading.database);
  if (!hypothetical) return proposals.filter(isClear).map((proposal) => describeSuggestion(proposal));
  try {
    const verified = await reading.attempt(() => verify(hypothetical, proposals, plan, before));
    return verified.map((one) => describeSuggestion(one.proposal, one));
  } finally {
    await hypothetical.forget();
  }
}

/** Below this many rows sorting is no matter. */
const fewestSorted = 1_000;

/**
 * Whether a need can be told without asking the planner: all rows are read to find few of them, or are sorted for the
 * first few. Whether a join would rather look up its rows can not.
 */
function isClear({ need, relations, candidates }: Proposal): boolean {
  if (!need.isWholeScan) return false;
  const first = candidates[0]?.columns[0]?.name;
  const rows = relations.reduce((sum, relation) => sum + relation.rows, 0);
  const isFound = need.conditions.some(({ column }) => column === first) && need.rows <= rows / 10;
  return isFound || need.extreme !== null || (need.isLimited && need.rows >= fewestSorted);
}
