import { explainAsJson, type Statement } from '../plans/explain-statement.js';
import type { Reading } from '../plans/reading.js';
import { advise } from './advise.js';
import type { IndexSuggestion } from './type.js';

/** Which indexes would make a statement of the gateway cheaper, with the values that it has just been run with. */
export function adviseStatement(reading: Reading, statement: Statement): Promise<IndexSuggestion[]> {
  return advise(reading, () => explainAsJson(reading.database, statement, false));
}
