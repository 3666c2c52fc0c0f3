import type { Session } from '../../database/session/session.js';
import { addressForm } from '../../scalars/address.js';
import type { Check } from '../checked-database.js';
import { type Finding, hint } from '../finding.js';

/** Addresses that the scalar of GraphQL refuses: they are counted and listed, but cannot be asked for. */
export const checkAddresses: Check = async ({ facts }, session) => {
  const has = (table: string) => facts.tables.includes(table);
  const findings: Finding[] = [];
  if (has('artists'))
    findings.push(
      ...(await findOdd(session, { table: 'artists', column: 'artist_address', who: 'artists' })),
    );
  if (!has('plays')) return findings;
  const column = 'listener_address';
  // The engine has each listener once.
  const table = facts.isMigrated ? 'analytics.listener' : 'plays';
  findings.push(...(await findOdd(session, { table, column, who: 'listeners' })));
  return findings;
};

interface Addresses {
  readonly table: string;
  readonly column: string;
  readonly who: string;
}

/** Nothing where the column is missing or may not be read, or is too long to look through: other checks say so. */
async function findOdd(session: Session, { table, column, who }: Addresses): Promise<Finding[]> {
  await session.query('savepoint addresses');
  try {
    const { rows } = await session.query<{ value: string }>(
      `select left(${column}::text, 60) as value from ${table} where ${column}::text !~ $1 limit 1`,
      [addressForm],
    );
    return rows.map(({ value }) =>
      hint(
        `${table === 'artists' ? table : 'plays'}.${column}: expected 0x and 1 to 64 hexadecimal digits, got ${JSON.stringify(value)}`,
        `Such ${who} are counted and listed, but GraphQL, exports and the dashboard refuse to look one up by its address. Change them to that form to be able to look them up.`,
      ),
    );
  } catch (error) {
    if (!ignored.has((error as { code?: string }).code ?? '')) throw error;
    await session.query('rollback to savepoint addresses');
    return [];
  }
}

/** query_canceled, undefined_column, insufficient_privilege. */
const ignored = new Set(['57014', '42703', '42501']);
