import type { Database } from '../../../src/database/database.js';
import { adviseStatement } from '../../../src/monitoring/advice/advise-statement.js';
import type { IndexSuggestion } from '../../../src/monitoring/advice/type.js';
import { inReadOnlyTransaction } from '../../../src/monitoring/explain/read-only-transaction.js';
import type { Case, PlantedNeed } from './cases.js';

/** What is advised for one query. */
export function suggestionsFor(database: Database, one: Case): Promise<IndexSuggestion[]> {
  return inReadOnlyTransaction(database, 10_000, (transaction) =>
    adviseStatement(transaction, { name: one.name, sql: one.sql, parameters: one.parameters ?? [] }),
  );
}

/** Whether a suggestion is what the query needs: the right table, and one of the right columns first. */
export function meets(need: PlantedNeed, { table, columns }: IndexSuggestion): boolean {
  return (
    table === `public.${need.table}` &&
    need.columns.some((wanted) => wanted.every((column, at) => columns[at] === column))
  );
}
