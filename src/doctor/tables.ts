import { listAdoptionFaults, neededColumns } from '../database/adoption.js';
import { planAdoption } from './adoption-plan.js';
import { type Finding, fault, ok } from './finding.js';
import type { Check } from './patient.js';

/** The three tables: there or still to be made, with the columns that the views need. */
export const checkTables: Check = async (patient, client) => {
  const { tables, isOurs } = patient.facts;
  const faults = await listAdoptionFaults(client);
  if (faults.length > 0)
    return faults.map(
      (text): Finding =>
        fault(text, 'Change it yourself: the gateway alters no table beyond its own column.'),
    );
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
  if (!isOurs) return planAdoption(tables, client);
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
