import type pg from 'pg';
import type { Database } from '../../database/database.js';
import { asGatewayError } from '../../database/query.js';
import { GatewayError } from '../../errors.js';
import { type MaintainableTable, publicNameOf } from './table.js';
import { readState, requireRight } from './table-state.js';
import type { MaintenanceOperation, MaintenanceReport } from './type.js';

export interface MaintenanceOptions {
  /** A database of its own for each run, past any pooler; the embedded one is given as it is. */
  readonly openDirect: () => Promise<Database>;
  readonly now: () => Date;
  /** How long one run may take, in milliseconds. */
  readonly limitMs?: number;
  /** How long it may wait for a lock, in milliseconds. */
  readonly lockLimitMs?: number;
}

export interface Maintenance {
  /** @throws GatewayError FORBIDDEN, UNAVAILABLE or TIMEOUT */
  run(operation: MaintenanceOperation, table: MaintainableTable): Promise<MaintenanceReport>;
}

const defaultLimitMs = 60 * 60 * 1000;
/** Whoever waits for a lock keeps others waiting behind, so it is not waited for long. */
const defaultLockLimitMs = 1_000;

interface Run {
  readonly operation: MaintenanceOperation;
  readonly report: Promise<MaintenanceReport>;
}

/** Analyzes and vacuums, each table by one run at a time: the same one is joined, another one is waited for. */
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
      const client = await database.pool.connect();
      try {
        return await withLimits(client, options, () => work(client, operation, table, options.now));
      } finally {
        client.release();
      }
    } finally {
      if (database.kind === 'server') await database.close();
    }
  } catch (error) {
    throw explained(error, operation, table);
  }
}

async function work(
  client: pg.ClientBase,
  operation: MaintenanceOperation,
  table: MaintainableTable,
  now: () => Date,
): Promise<MaintenanceReport> {
  await requireRight(client, table, operation);
  const before = await readState(client, table);
  const startedAt = now();
  const start = performance.now();
  // Both names come from lists of this gateway. Neither may stand in a transaction.
  await client.query(`/* maintenance.${operation} */ ${operation} ${table}`);
  const durationMs = performance.now() - start;
  const after = await readState(client, table);
  return {
    table,
    operation,
    startedAt,
    durationMs,
    joined: false,
    before,
    after,
    deadRowsRemoved: Math.max(0, before.deadRows - after.deadRows),
    bytesFreed: Math.max(0, before.sizeBytes + before.indexBytes - after.sizeBytes - after.indexBytes),
  };
}

/** Of this session alone, and taken back at the end: the embedded database has no other session. */
async function withLimits<T>(
  client: pg.ClientBase,
  { limitMs = defaultLimitMs, lockLimitMs = defaultLockLimitMs }: MaintenanceOptions,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(
    `select set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)`,
    [String(limitMs), String(lockLimitMs)],
  );
  try {
    return await work();
  } finally {
    await client.query('reset statement_timeout').catch(() => {});
    await client.query('reset lock_timeout').catch(() => {});
  }
}

function explained(error: unknown, operation: MaintenanceOperation, table: MaintainableTable): GatewayError {
  const { code } = error as { code?: unknown };
  const name = publicNameOf(table);
  if (code === '55P03')
    return new GatewayError(
      'UNAVAILABLE',
      `${name}: expected nobody else to be working on it, got a lock, such as that of a refresh or of another ${operation}. Ask again shortly.`,
      error,
    );
  if (code === '57014')
    return new GatewayError('TIMEOUT', `${name}: the ${operation} took too long and was ended.`, error);
  return asGatewayError(error);
}
