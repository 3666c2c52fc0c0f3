import type { Check } from '../checked-database.js';
import { hint } from '../finding.js';

/**
 * PostgreSQL's own search path begins with a schema of the user's name. For a user called analytics that is the schema
 * of the refresh engine, from the moment that it is made.
 */
export const checkSearchPath: Check = async ({ facts }, session) => {
  const { rows } = await session.query<{ path: string }>(`select current_setting('search_path') as path`);
  const [first = ''] = rows[0]!.path.split(',');
  const leads = /^\s*"?\$user"?\s*$/.test(first) ? facts.user : first.trim().replaceAll('"', '');
  if (leads !== 'analytics') return [];
  return [
    hint(
      'Unqualified names of this user lead to the schema analytics first, which belongs to the refresh engine',
      `Use a user of another name, or: alter role ${facts.user} set search_path = public`,
    ),
  ];
};
