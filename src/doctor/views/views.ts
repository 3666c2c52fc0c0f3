import {
  listMissingViews,
  listViewsWithoutKey,
  missingViewAdvice,
} from '../../database/migrations/missing-views.js';
import type { Check } from '../checked-database.js';
import { fault, hint } from '../finding.js';

/** Views that somebody dropped or renamed, and those that lost the index by which they are published unnoticed. */
export const checkViews: Check = async ({ facts }, session) => {
  if (!facts.isMigrated) return [];
  const missing = await listMissingViews(session);
  const withoutKey = await listViewsWithoutKey(session);
  return [
    ...missing.map((view) => fault(`${view.fault[0]!.toUpperCase()}${view.fault.slice(1)}`, view.advice)),
    ...withoutKey.map((view) =>
      hint(
        `The materialized view ${view} has no unique index, so its readers wait while it is published`,
        missingViewAdvice,
      ),
    ),
  ];
};
