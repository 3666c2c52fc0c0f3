import { hint, ok } from './finding.js';
import type { Check } from './patient.js';

/** Steps of the schema that this version brings and the database lacks. `serve` takes them by itself. */
export const checkMigrations: Check = async ({ facts: { pending, isOurs, tables } }) => {
  if (pending.length === 0) return [ok('The schema is up to date')];
  const count = `${pending.length} migration${pending.length > 1 ? 's are' : ' is'} pending, from ${pending[0]}`;
  return [
    hint(
      count,
      !isOurs && tables.length > 0
        ? '`mycelix-analytics migrate` applies them.'
        : '`mycelix-analytics migrate` applies them; `serve` does so by itself.',
    ),
  ];
};
