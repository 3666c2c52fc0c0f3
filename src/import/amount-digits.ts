import type { Database } from '../database/database.js';
import type { AmountDigits } from './columns/numbers.js';

/** How many digits `plays.amount_paid` has room for; an adopted table may have less than our own. */
export async function findAmountDigits(database: Database): Promise<AmountDigits> {
  const { rows } = await database.query<AmountDigits>(
    `select ((atttypmod - 4) >> 16) & 65535 as precision, (atttypmod - 4) & 2047 as scale
     from pg_attribute where attrelid = 'plays'::regclass and attname = 'amount_paid'`,
  );
  return rows[0]!;
}
