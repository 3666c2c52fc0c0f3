import { listRowConflicts } from '../../database/adoption/list-conflicts.js';
import type { Check } from '../checked-database.js';
import { fault, hint, ok } from '../finding.js';

/** Rows of tables that are not adopted yet and that the views could not be counted from. Reads all plays once. */
export const checkRows: Check = async ({ facts }, session) => {
  if (facts.isOurs || facts.tables.length === 0) return [];
  await session.query('savepoint rows');
  try {
    const conflicts = await listRowConflicts(session, facts.pending);
    if (conflicts === null) return [];
    if (conflicts.length === 0) return [ok('Every row of the tables can be counted')];
    return conflicts.map(({ found, advice }) => fault(found, `${advice}.`));
  } catch (error) {
    if ((error as { code?: string }).code !== '57014') throw error;
    await session.query('rollback to savepoint rows');
    return [
      hint(
        'Whether every row can be counted was not found out: reading all plays takes longer than doctor waits',
        '`migrate` looks before it changes anything, and says what it finds.',
      ),
    ];
  }
};
