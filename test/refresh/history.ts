import { firstRows, newPlays, randomChange } from './changes.js';
import { findChartDifferences, findRevisionDifferences } from './chart-oracle.js';
import type { EngineDatabase, Session } from './engine.js';
import { findDifferences, viewNames } from './oracle.js';
import { seededRandom } from './random.js';
import { type Buckets, findSeriesDifferences, units, zones } from './series-oracle.js';
import { findStatementDifferences } from './statement-oracle.js';

export interface HistoryOutcome {
  readonly refreshes: number;
  readonly differences: readonly string[];
}

interface Writer {
  readonly session: Session;
  inTransaction: boolean;
  savepoints: number;
}

/**
 * Runs a random history and compares the views with the oracle after every refresh. Several writers take turns, so
 * that transactions stay open across refreshes; which statement comes next depends on the seed alone, and a statement
 * that would wait for another writer gives up instead. Stops at the first difference.
 */
export async function runHistory(
  database: EngineDatabase,
  seed: number,
  refreshes: number,
): Promise<HistoryOutcome> {
  const random = seededRandom(seed);
  // Of its own, so that the rest of a history does not depend on it.
  const cadence = seededRandom(seed + 1);
  const refresher = await database.open();
  await refresher.query(`set lock_timeout = '300ms'; set client_min_messages = warning`);
  const writers: Writer[] = [];
  for (let i = 0; i < (database.isShared ? 4 : 1); i++) {
    const session = database.isShared ? await database.open() : refresher;
    await session.query(`set lock_timeout = '40ms'`);
    writers.push({ session, inTransaction: false, savepoints: 0 });
  }
  let clock = Date.parse('2026-03-05T12:00:00Z');
  if (random.chance(0.8)) await refresher.query(firstRows(random, clock));
  const closed = new Map<string, string>();
  let differences: string[] = [];
  let done = 0;
  try {
    for (; done < refreshes && differences.length === 0; done++) {
      // A transaction that has its id before others commit, and refreshes after them.
      const isEarly = database.isShared && random.chance(0.25);
      if (isEarly) await refresher.query('begin; select pg_current_xact_id()');
      for (let step = random.between(0, 9); step > 0; step--) {
        const writer = random.pick(writers);
        const sql = nextStatement(random, writer, clock);
        await run(writer, sql);
      }
      if (!database.isShared && writers[0]!.inTransaction)
        await run(writers[0]!, random.pick(['commit', 'rollback']));
      clock += nextTick(random);
      const asOf = new Date(clock).toISOString();
      const isRepeatable = !isEarly && random.chance(0.3);
      const after = random.chance(0.2) ? newPlays(random, clock) : undefined;
      const buckets = { zone: random.pick(zones), unit: random.pick(units) };
      const postponed = cadence.chance(0.4) ? viewNames.filter(() => cadence.chance(0.3)) : [];
      const compared = { isRepeatable, after, buckets, closed, postponed, isCaptured: true };
      differences = await refreshAndCompare(refresher, asOf, { ...compared, isEarly }).catch(
        async (error) => {
          if ((error as { code?: string }).code !== '55P03') throw error;
          // A TRUNCATE that was not committed yet keeps everybody out of the table.
          for (const writer of writers.filter((each) => each.inTransaction))
            await run(writer, random.pick(['commit', 'rollback']));
          return refreshAndCompare(refresher, asOf, compared);
        },
      );
    }
  } finally {
    for (const writer of writers) await writer.session.end();
    await refresher.end();
  }
  return { refreshes: done, differences };
}

function nextStatement(random: ReturnType<typeof seededRandom>, writer: Writer, clock: number): string {
  if (!writer.inTransaction)
    return random.chance(0.35)
      ? `begin${random.chance(0.3) ? ' isolation level repeatable read' : ''}`
      : randomChange(random, clock);
  const kind = random.between(0, 9);
  if (kind === 0) return 'rollback';
  if (kind <= 2) return 'commit';
  if (kind === 3) return `savepoint s${writer.savepoints + 1}`;
  if (kind === 4 && writer.savepoints > 0)
    return `rollback to savepoint s${random.between(1, writer.savepoints)}`;
  if (kind === 5 && writer.savepoints > 0)
    return `release savepoint s${random.between(1, writer.savepoints)}`;
  return randomChange(random, clock);
}

async function run(writer: Writer, sql: string): Promise<void> {
  const savepoint = /^(savepoint|rollback to savepoint|release savepoint) s(\d+)$/.exec(sql);
  try {
    await writer.session.query(sql);
    if (sql.startsWith('begin')) writer.inTransaction = true;
    if (sql === 'commit' || sql === 'rollback') writer.inTransaction = false;
    if (savepoint) writer.savepoints = Number(savepoint[2]) - (savepoint[1] === 'release savepoint' ? 1 : 0);
  } catch (error) {
    if (!isExpected(error)) throw error;
    if (writer.inTransaction) {
      await writer.session.query('rollback');
      writer.inTransaction = false;
    }
  }
  if (!writer.inTransaction) writer.savepoints = 0;
}

/** Lost races between writers, and songs and artists that are still in use. */
function isExpected(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return ['55P03', '40001', '40P01', '23503', '55006', '42P01', '55000'].includes(code);
}

/** Milliseconds to the next refresh: often short, sometimes days or weeks, sometimes backwards. */
function nextTick(random: ReturnType<typeof seededRandom>): number {
  const hour = 3_600_000;
  return random.pick(
    [
      0,
      () => random.between(1, 60_000),
      () => random.between(1, 3 * hour),
      () => random.between(1, 12 * hour),
      () => random.between(1, 9 * 24 * hour),
      () => random.between(1, 45 * 24 * hour),
      () => -hour,
      () => -random.between(1, 30 * hour),
    ].map((tick) => (typeof tick === 'number' ? tick : tick())),
  );
}

interface Circumstances {
  readonly isRepeatable?: boolean;
  /** The transaction was begun before. */
  readonly isEarly?: boolean;
  /** Written by the same transaction after the refresh. */
  readonly after?: string;
  /** Those in which series are compared. */
  readonly buckets?: Buckets;
  /** The statements that were closed before; those that this refresh closes are added. */
  readonly closed?: Map<string, string>;
  /** Views that the refresh leaves for later. */
  readonly postponed?: readonly string[];
  /** Whether every change went through the capture, so that charts are revised as at the last refresh. */
  readonly isCaptured?: boolean;
}

/** Refreshes in a transaction and compares inside of it. */
export async function refreshAndCompare(
  session: Session,
  asOf: string,
  {
    isRepeatable = false,
    isEarly = false,
    after,
    buckets = { zone: 'UTC', unit: 'day' },
    closed = new Map(),
    postponed = [],
    isCaptured = false,
  }: Circumstances = {},
): Promise<string[]> {
  if (!isEarly) await session.query(isRepeatable ? 'begin isolation level repeatable read' : 'begin');
  try {
    const revised = isCaptured ? await findRevisionDifferences(session) : [];
    if (revised.length > 0) return revised;
    const [row] = await session.query<{ outcome: string }>(
      `select analytics.refresh('test', $1, false, $2) ->> 'outcome' as outcome`,
      [asOf, postponed],
    );
    if (row?.outcome !== 'refreshed') return [`the refresh answered ${row?.outcome}`];
    const statements = await findStatementDifferences(session, closed);
    const differences = [
      ...(await findDifferences(session, asOf)),
      ...(await findSeriesDifferences(session, buckets)),
      ...statements.differences,
      ...(await findChartDifferences(session, asOf)),
    ];
    if (after) await session.query(after);
    await session.query('commit');
    for (const [statement, digest] of statements.closed) closed.set(statement, digest);
    return differences;
  } catch (error) {
    await session.query('rollback').catch(() => {});
    throw error;
  }
}
