import { listConflicts } from '../../database/adoption/list-conflicts.js';
import { neededColumns } from '../../database/adoption/needed-columns.js';
import type { Check } from '../checked-database.js';
import { type Finding, fault, ok } from '../finding.js';
import { planAdoption } from './adoption-plan.js';

/** The three tables: there or still to be made, with the columns that the views need. */
export const checkTables: Check = async (checked, session) => {
  const { tables, isOurs, pending } = checked.facts;
  const conflicts = await listConflicts(session, pending);
  if (conflicts.length > 0) return conflicts.map(({ found, advice }): Finding => fault(found, `${advice}.`));
  const all = Object.keys(neededColumns);
  if (tables.length === 0)
    return isOurs
      ? [
          fault(
            `The tables ${all.join(', ')} are gone`,
            'Restore them, or drop the schema analytics and migrate again.',
          ),
        ]
      : [ok(`There are no tables yet: ${all.join(', ')} will be made`)];
  if (!isOurs) return planAdoption(tables, session);
  const missing = all.filter((table) => !tables.includes(table));
  if (missing.length > 0)
    return [
      fault(
        `The ${missing.length > 1 ? 'tables' : 'table'} ${missing.join(', ')} cannot be found`,
        'Restore what was dropped, or correct the search_path of this user.',
      ),
    ];
  return [ok('The tables and their columns are as the views need them')];
};
