import { explainAsJson, type Statement } from '../explain/explain-statement.js';
import type { ReadOnlyTransaction } from '../explain/read-only-transaction.js';
import { advise } from './advise.js';
import type { IndexSuggestion } from './type.js';

/** Suggests indexes for one statement of the gateway with its current parameters. */
export function adviseStatement(
  transaction: ReadOnlyTransaction,
  statement: Statement,
): Promise<IndexSuggestion[]> {
  return advise(transaction, () => explainAsJson(transaction.reader, statement, false));
}
