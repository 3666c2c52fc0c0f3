import type { Check } from '../checked-database.js';
import { fault, hint, ok } from '../finding.js';

/** A standby serves what was refreshed on its primary, and can neither migrate nor refresh. */
export const checkWritable: Check = async ({ facts: { isStandby, isReadOnly, isMigrated } }) => {
  if (!isStandby && !isReadOnly) return [ok('The database can be written to')];
  const title = isStandby
    ? 'The database is a read-only standby'
    : 'The database is read-only (default_transaction_read_only)';
  const instead = isStandby
    ? 'point DATABASE_URL at the primary'
    : 'alter database … reset default_transaction_read_only';
  return [
    isMigrated
      ? hint(
          title,
          `The views cannot be refreshed from here: ${instead}, or set REFRESH_SCHEDULE=off and refresh elsewhere.`,
        )
      : fault(title, `The schema cannot be made here: ${instead}.`),
  ];
};
