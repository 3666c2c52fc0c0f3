import { addressForm } from '../../scalars/address.js';
import type { Check } from '../checked-database.js';
import { hint } from '../finding.js';

/** The addresses of adopted tables, and who they are of. */
const addresses = [
  { table: 'artists', column: 'artist_address', who: 'artists' },
  { table: 'plays', column: 'listener_address', who: 'listeners' },
];

/** Addresses that the scalar of GraphQL refuses: they are counted and listed, but cannot be asked for. */
export const checkAddresses: Check = async ({ facts }, session) => {
  const findings = [];
  for (const { table, column, who } of addresses) {
    if (!facts.tables.includes(table)) continue;
    const { rows: columns } = await session.query(
      'select from pg_attribute where attrelid = to_regclass($1) and attname = $2 and not attisdropped',
      [table, column],
    );
    // A table that lacks the column cannot be adopted, and is told of where the tables are looked at.
    if (columns.length === 0) continue;
    const { rows } = await session.query<{ value: string }>(
      `select left(${column}::text, 60) as value from ${table} where ${column}::text !~ $1 limit 1`,
      [addressForm],
    );
    for (const { value } of rows)
      findings.push(
        hint(
          `${table}.${column}: expected 0x and 1 to 64 hexadecimal digits, got ${JSON.stringify(value)}`,
          `Such ${who} are counted and listed, but GraphQL, exports and the dashboard refuse to look one up by its address. Translate them to be able to.`,
        ),
      );
  }
  return findings;
};
