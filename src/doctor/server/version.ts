import type { Check } from '../checked-database.js';
import { fault, ok } from '../finding.js';

const oldest = 15;
const newest = 18;

/** PostgreSQL 15 to 18 are what the SQL of the gateway is tested with. */
export const checkVersion: Check = async ({ facts }) => {
  const major = Math.floor(facts.version / 10_000);
  if (major < oldest || major > newest)
    return [
      fault(
        `PostgreSQL ${major} is not supported`,
        `Use a server of version ${oldest} to ${newest}${major > newest ? ', or a newer gateway' : ''}.`,
      ),
    ];
  return [
    ok(`PostgreSQL ${major}.${facts.version % 10_000}, database ${facts.databaseName}, user ${facts.user}`),
  ];
};
