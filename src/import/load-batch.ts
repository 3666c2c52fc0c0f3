import type { Database } from '../database/database.js';
import type { Session } from '../database/session/session.js';
import type { Rejection, Row } from './rows.js';
import type { Staging } from './staging.js';
import type { ImportTable } from './tables.js';

/** How rows of one file are loaded. */
export interface Loading {
  readonly table: ImportTable;
  readonly staging: Staging;
  readonly skipsExisting: boolean;
}

export interface NotLoaded {
  readonly rejections: readonly Rejection[];
  /** Rows that were passed over because their key was there. */
  readonly skipped: number;
}

/**
 * Loads rows in one transaction, except those that the tables do not allow.
 * A row that the database itself refuses, such as a name that is too long for an adopted column, is searched by halves:
 * the rows around it still load.
 * @param skipsExisting whether rows whose key is there already are passed over instead of rejected.
 * @param before what has to have ended well before this may be committed.
 */
export async function loadBatch(
  database: Database,
  { table, staging, skipsExisting }: Loading,
  rows: readonly Row[],
  before: Promise<void>,
): Promise<NotLoaded> {
  if (rows.length === 0) return { rejections: [], skipped: 0 };
  const loading = { table, staging, skipsExisting };
  try {
    return await database.transaction(async (session) => {
      const notLoaded = await stageAndInsert(session, loading, rows);
      await before;
      return notLoaded;
    });
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    const [only, ...others] = rows;
    if (only && others.length === 0)
      return {
        rejections: [
          {
            line: only.line,
            text: only.text,
            reason: `the database refused it: ${(error as Error).message}`,
          },
        ],
        skipped: 0,
      };
    const middle = Math.ceil(rows.length / 2);
    const first = await loadBatch(database, loading, rows.slice(0, middle), before);
    const second = await loadBatch(database, loading, rows.slice(middle), before);
    return {
      rejections: [...first.rejections, ...second.rejections],
      skipped: first.skipped + second.skipped,
    };
  }
}

async function stageAndInsert(
  session: Session,
  { table, staging, skipsExisting }: Loading,
  rows: readonly Row[],
): Promise<NotLoaded> {
  await session.query('set local statement_timeout = 0');
  await session.query('set local client_min_messages = warning');
  await session.query(staging.create);
  await session.copyInto(staging.table, staging.columns, copyText(rows));
  const rejections: Rejection[] = [];
  const takeOut = async (statement: string | null) =>
    statement ? (await session.query<{ position: number }>(statement)).rows : [];
  const reject = (taken: readonly { position: number }[], column: string, reason: string) => {
    for (const { position } of taken) {
      const { line, text } = rows[position]!;
      rejections.push({ line, text, reason: `${column}: ${reason}` });
    }
  };
  const { reference, key, name } = table;
  reject(
    await takeOut(staging.takeUnknown),
    reference?.column ?? '',
    `expected one that is in ${reference?.table}, got an unknown one`,
  );
  const existing = await takeOut(staging.takeDoubled);
  if (!skipsExisting) reject(existing, key, `expected one that is not yet in ${name}, got it again`);
  for (const statement of staging.insert) await session.query(statement);
  return { rejections, skipped: skipsExisting ? existing.length : 0 };
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
