import type { Check } from '../checked-database.js';
import { hint, ok } from '../finding.js';

/** Triggers that are switched off or gone, through which changes of plays would slip past the views. */
export const checkCapture: Check = async ({ facts }, session) => {
  if (!facts.isMigrated) return [];
  const { rows } = await session.query<{ bypass: string }>(
    'select bypass from analytics.list_bypasses() bypass',
  );
  if (rows.length === 0) return [ok('Every change of plays is captured')];
  return rows.map(({ bypass }) =>
    hint(
      `Not every change of plays is captured: ${bypass}`,
      'The next refresh recomputes everything and puts triggers back; `mycelix-analytics refresh` does it now.',
    ),
  );
};
