import type { Explained } from '../explain/plan.js';
import type { ReadOnlyTransaction } from '../explain/read-only-transaction.js';
import { describeSuggestion } from './candidates/describe.js';
import { type Proposal, proposalsFor } from './candidates/proposal.js';
import type { IndexSuggestion } from './type.js';
import { findHypothetical } from './verification/hypothetical.js';
import { verify } from './verification/verify.js';

/**
 * Suggests indexes that would make a statement cheaper. `plan` plans it without running it. No index is created; with
 * HypoPG, candidates are verified as hypothetical indexes.
 */
export async function advise(
  transaction: ReadOnlyTransaction,
  plan: () => Promise<Explained>,
): Promise<IndexSuggestion[]> {
  const before = await plan();
  const proposals = await proposalsFor(transaction.reader, before.Plan);
  if (proposals.length === 0) return [];
  const hypothetical = await findHypothetical(transaction.reader);
  if (!hypothetical)
    return proposals.filter(isSafeUnverified).map((proposal) => describeSuggestion(proposal));
  try {
    const verified = await transaction.attempt(() => verify(hypothetical, proposals, plan, before));
    return verified.map((one) => describeSuggestion(one.proposal, one));
  } finally {
    await hypothetical.forget();
  }
}

/** Sorting fewer rows than this is cheap. */
const minSortedRows = 1_000;

/**
 * Whether a suggestion is safe without verification: a sequential scan that returns few of its rows, or sorts them for
 * the first few. Whether a join would use an index cannot be judged without the planner.
 */
function isSafeUnverified({ need, relations, candidates }: Proposal): boolean {
  if (!need.isWholeScan) return false;
  const first = candidates[0]?.columns[0]?.name;
  const rows = relations.reduce((sum, relation) => sum + relation.rows, 0);
  const isFound = need.conditions.some(({ column }) => column === first) && need.rows <= rows / 10;
  return isFound || need.extreme !== null || (need.isLimited && need.rows >= minSortedRows);
}
