import type pg from 'pg';
import type { Database } from '../database/database.js';
import type { Rejection, Row } from './rows.js';
import type { Staging } from './staging.js';
import type { ImportTable } from './tables.js';

/**
 * Loads rows in one transaction, except those that the tables do not allow.
 * A row that the database itself refuses, such as a name that is too long for an adopted column, is searched by halves:
 * the rows around it still load.
 * @param before what has to have ended well before this may be committed.
 * @returns the rows that were not taken.
 */
export async function loadBatch(
  database: Database,
  table: ImportTable,
  staging: Staging,
  rows: readonly Row[],
  before: Promise<void>,
): Promise<Rejection[]> {
  if (rows.length === 0) return [];
  try {
    return await database.transaction(async (client) => {
      const rejections = await stageAndInsert(database, client, table, staging, rows);
      await before;
      return rejections;
    });
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    const [only, ...others] = rows;
    if (only && others.length === 0)
      return [
        { line: only.line, text: only.text, reason: `the database refused it: ${(error as Error).message}` },
      ];
    const middle = Math.ceil(rows.length / 2);
    return [
      ...(await loadBatch(database, table, staging, rows.slice(0, middle), before)),
      ...(await loadBatch(database, table, staging, rows.slice(middle), before)),
    ];
  }
}

async function stageAndInsert(
  database: Database,
  client: pg.PoolClient,
  table: ImportTable,
  staging: Staging,
  rows: readonly Row[],
): Promise<Rejection[]> {
  await client.query('set local statement_timeout = 0');
  await client.query('set local client_min_messages = warning');
  await client.query(staging.create);
  await database.copyInto(client, staging.table, staging.columns, copyText(rows));
  const rejections: Rejection[] = [];
  const reject = async (statement: string | null, column: string, reason: string) => {
    if (!statement) return;
    const { rows: taken } = await client.query<{ position: number }>(statement);
    for (const { position } of taken) {
      const { line, text } = rows[position]!;
      rejections.push({ line, text, reason: `${column}: ${reason}` });
    }
  };
  const { reference, key, name } = table;
  await reject(
    staging.takeUnknown,
    reference?.column ?? '',
    `expected one that is in ${reference?.table}, got an unknown one`,
  );
  await reject(staging.takeDoubled, key, `expected one that is not yet in ${name}, got it again`);
  for (const statement of staging.insert) await client.query(statement);
  return rejections;
}

const rowsPerChunk = 500;

async function* copyText(rows: readonly Row[]): AsyncGenerator<string> {
  for (let from = 0; from < rows.length; from += rowsPerChunk) {
    const chunk = rows.slice(from, from + rowsPerChunk);
    yield chunk.map(({ copy }, index) => `${from + index}\t${copy}\n`).join('');
  }
}

/**
 * Faults of data and of constraints, a value that is too long for an index (54000), and what a trigger of the user
 * raised. A missing value is about the columns.
 */
function isAboutRows(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(22...|23503|23505|23514|23P01|54000|P0001)$/.test(code);
}
