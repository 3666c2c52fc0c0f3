import type { ViewName } from '../catalogue/view.js';
import type { Database } from '../database/database.js';
import { asGatewayError } from '../database/failures/failures.js';
import { endWithClient } from '../database/session/end-with-client.js';
import type { Session } from '../database/session/session.js';

/** Who or what asked for a refresh; it stands in the ledger. */
export type RefreshTrigger = 'schedule' | 'graphql' | 'cli' | 'start';

/** What a refresh did. */
export interface RefreshResult {
  /** `running` means that another refresh held the lock or has just ended, and this call did nothing. */
  readonly outcome: 'refreshed' | 'joined' | 'running';
  readonly generation: number;
  readonly kind?: 'incremental' | 'rebuild';
  /** Why everything was recomputed, when it was. */
  readonly reason?: string | null;
  readonly asOf?: string;
  readonly durationMs?: number;
  readonly rowsChanged?: Readonly<Partial<Record<ViewName, number | null>>>;
  readonly phases?: Readonly<Record<string, number>>;
}

export interface RefreshOptions {
  readonly trigger: RefreshTrigger;
  /** Wait for the refresh that is running and take its result, instead of being told that it runs. */
  readonly wait: boolean;
  /** Do nothing if another refresh ended after this instant. */
  readonly since?: Date;
  /** Views that keep their rows and their instant, unless they have to be filled; none unless set. */
  readonly postponed?: readonly ViewName[];
  readonly signal?: AbortSignal;
}

/**
 * The current generation if another refresh is running or ended since `since`; otherwise null. The
 * lock is taken first and kept, so that no other refresh can end in between.
 */
async function findOther(session: Session, since: Date): Promise<number | null> {
  const { rows: locked } = await session.query('select from analytics.engine for update skip locked');
  const { rows } = await session.query<{ generation: number }>(
    `select generation from analytics.engine where $1 or exists (
       select from analytics.refresh_ledger ledger where ledger.generation = engine.generation and finished_at >= $2)`,
    [locked.length === 0, since],
  );
  return rows[0]?.generation ?? null;
}

/** How long a refresh may take; a rebuild of a large history needs its time. */
const refreshLimitMs = 60 * 60 * 1000;

/**
 * Brings all views to one instant, in one transaction. Safe from any number of processes at once: the database
 * decides who refreshes, the others join or are told.
 * @throws GatewayError; the failure stands in the ledger then, and the views are what they were.
 */
export async function refreshViews(database: Database, options: RefreshOptions): Promise<RefreshResult> {
  const startedAt = new Date();
  try {
    return await database.transaction(async (session) => {
      const { rows: backends } = await session.query<{ pid: number }>(
        `select pg_backend_pid() as pid, set_config('statement_timeout', $1, true), set_config('lock_timeout', '0', true)`,
        [String(refreshLimitMs)],
      );
      const stop = () =>
        void database.query('select pg_cancel_backend($1)', [backends[0]?.pid]).catch(() => {});
      options.signal?.throwIfAborted();
      if (database.kind === 'server') await endWithClient(session);
      if (database.kind === 'server') options.signal?.addEventListener('abort', stop, { once: true });
      try {
        const done = options.since ? await findOther(session, options.since) : null;
        if (done !== null) return { outcome: 'running', generation: done };
        const { rows } = await session.query<{ result: RefreshResult }>(
          'select analytics.refresh($1, null, $2, $3) as result',
          [options.trigger, options.wait, options.postponed ?? []],
        );
        return rows[0]?.result as RefreshResult;
      } finally {
        options.signal?.removeEventListener('abort', stop);
      }
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await database
      .query('select analytics.record_refresh_failure($1, $2, $3)', [options.trigger, startedAt, message])
      .catch(() => {});
    throw asGatewayError(error);
  }
}
