import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/database.js';
import { endWithClient } from '../../database/session/end-with-client.js';
import type { Session } from '../../database/session/session.js';

export interface RunOptions {
  /** The tick of the schedule that this run is for. */
  readonly tick: Date;
  readonly limitMs: number;
  /** Cancels the run; nothing is recorded then. */
  readonly signal: AbortSignal;
}

const cancelEveryMs = 200;

/** `skipped` means that another gateway verifies, or has done so since the tick. */
export type RunOutcome = 'verified' | 'failed' | 'skipped';

/**
 * Verifies the views and records the result. The row of the last verification is the lock: it ends with the transaction,
 * also behind a transaction pooler and when the connection is killed.
 * @throws what kept the failure from being recorded
 */
export async function runVerification(database: Database, options: RunOptions): Promise<RunOutcome> {
  const startedAt = new Date();
  try {
    return await database.transaction((session) => verifyIfDue(database, session, options));
  } catch (error) {
    if (options.signal.aborted) return 'skipped';
    await database.query('select analytics.record_verification($1, $2, null, $3)', [
      startedAt,
      options.tick,
      describe(error, options.limitMs),
    ]);
    return 'failed';
  }
}

async function verifyIfDue(
  database: Database,
  session: Session,
  { tick, limitMs, signal }: RunOptions,
): Promise<RunOutcome> {
  const { rows: begun } = await session.query<{ pid: number; at: string }>(
    `select pg_backend_pid() as pid, clock_timestamp()::text as at,
       set_config('statement_timeout', $1, true), set_config('lock_timeout', '0', true)`,
    [String(limitMs)],
  );
  let isOver = false;
  const stop = async () => {
    // A request that comes between two statements ends nothing, so it is made again.
    for (; !isOver; await sleep(cancelEveryMs))
      await database.query('select pg_cancel_backend($1)', [begun[0]?.pid]).catch(() => {});
  };
  const onAbort = () => void stop();
  signal.throwIfAborted();
  await endWithClient(session);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const { rows: last } = await session.query<{ isDone: boolean }>(
      `select coalesce(scheduled_for >= $1 or ran_at >= $1, false) as "isDone" from analytics.verification for update skip locked`,
      [tick],
    );
    if (last.length === 0 || last[0]?.isDone) return 'skipped';
    signal.throwIfAborted();
    await session.query('select analytics.record_verification($1, $2, analytics.verify())', [
      begun[0]?.at,
      tick,
    ]);
    return 'verified';
  } finally {
    isOver = true;
    signal.removeEventListener('abort', onAbort);
  }
}

function describe(error: unknown, limitMs: number): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === '57014')
    return `It did not end within ${limitMs / 1000} s (VERIFY_LIMIT_SECONDS), or was cancelled by somebody else.`;
  return String(message ?? error);
}
