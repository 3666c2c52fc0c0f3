import type { Database } from '../../database/database.js';
import { asGatewayError } from '../../database/failures/failures.js';
import { namedText } from '../../database/reader/named-text.js';
import type { Session } from '../../database/session/session.js';
import { GatewayError } from '../../errors.js';
import { type MaintainableTable, publicNameOf } from './table.js';
import { readState, requirePrivilege } from './table-state.js';
import type { MaintenanceOperation, MaintenanceReport } from './type.js';

export interface MaintenanceOptions {
  /** Opens a database for one run, bypassing any pooler; returns the embedded database itself. */
  readonly openDirect: () => Promise<Database>;
  readonly now: () => Date;
  /** `statement_timeout` of a run, in milliseconds. */
  readonly limitMs?: number;
  /** `lock_timeout` of a run, in milliseconds. */
  readonly lockLimitMs?: number;
}

export interface Maintenance {
  /** @throws GatewayError FORBIDDEN, UNAVAILABLE or TIMEOUT */
  run(operation: MaintenanceOperation, table: MaintainableTable): Promise<MaintenanceReport>;
}

const defaultLimitMs = 60 * 60 * 1000;
/**
 * A session that waits for a lock makes others queue behind it, so the wait is short. It is longer than
 * `deadlock_timeout` (1 s), after which PostgreSQL cancels an autovacuum that is in the way.
 */
const defaultLockLimitMs = 3_000;

interface Run {
  readonly operation: MaintenanceOperation;
  readonly report: Promise<MaintenanceReport>;
}

/** Runs ANALYZE and VACUUM, one run per table at a time. The same operation joins the run; the other waits for it. */
export function createMaintenance(options: MaintenanceOptions): Maintenance {
  const running = new Map<MaintainableTable, Run>();
  return {
    async run(operation, table) {
      for (let other = running.get(table); other; other = running.get(table)) {
        if (other.operation === operation) return { ...(await other.report), joined: true };
        await other.report.catch(() => {});
      }
      const report = maintain(operation, table, options).finally(() => running.delete(table));
      running.set(table, { operation, report });
      return report;
    },
  };
}

async function maintain(
  operation: MaintenanceOperation,
  table: MaintainableTable,
  options: MaintenanceOptions,
): Promise<MaintenanceReport> {
  try {
    const database = await options.openDirect();
    try {
      return await database.session((session) =>
        withLimits(session, options, () => work(session, operation, table, options.now)),
      );
    } finally {
      if (database.kind === 'server') await database.close();
    }
  } catch (error) {
    throw describeFailure(error, operation, table);
  }
}

async function work(
  session: Session,
  operation: MaintenanceOperation,
  table: MaintainableTable,
  now: () => Date,
): Promise<MaintenanceReport> {
  await requirePrivilege(session, table, operation);
  const before = await readState(session, table);
  const startedAt = now();
  const start = performance.now();
  // Both names come from enums of this gateway. VACUUM cannot run inside a transaction.
  await session.query(namedText(`${operation} ${table}`, `maintenance.${operation}`));
  const durationMs = performance.now() - start;
  const after = await readState(session, table);
  return {
    table,
    operation,
    startedAt,
    durationMs,
    joined: false,
    before,
    after,
    deadRowsRemoved: operation === 'vacuum' ? Math.max(0, before.deadRows - after.deadRows) : 0,
    bytesFreed: Math.max(0, before.sizeBytes + before.indexBytes - after.sizeBytes - after.indexBytes),
  };
}

/** Session-level settings, reset afterwards because the embedded database has only one session. */
async function withLimits<T>(
  session: Session,
  { limitMs = defaultLimitMs, lockLimitMs = defaultLockLimitMs }: MaintenanceOptions,
  work: () => Promise<T>,
): Promise<T> {
  await session.query(
    `select set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)`,
    [String(limitMs), String(lockLimitMs)],
  );
  try {
    return await work();
  } finally {
    await session.query('reset statement_timeout').catch(() => {});
    await session.query('reset lock_timeout').catch(() => {});
  }
}

function describeFailure(
  error: unknown,
  operation: MaintenanceOperation,
  table: MaintainableTable,
): GatewayError {
  const { code } = error as { code?: unknown };
  const name = publicNameOf(table);
  if (code === '55P03')
    return new GatewayError(
      'UNAVAILABLE',
      `${name}: expected no conflicting lock, but another session holds one, such as a refresh or another ${operation}. Try again when it has ended.`,
      error,
    );
  if (code === '57014')
    return new GatewayError(
      'TIMEOUT',
      `${name}: the ${operation} exceeded its time limit and was cancelled.`,
      error,
    );
  return asGatewayError(error);
}
