import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { viewNames } from '../../catalogue/index.js';
import type { Database } from '../../database/database.js';
import { anonymousAddress, describeCode } from '../../database/failures/describe-failure.js';
import { MigrationError } from '../../database/migrations/migrate.js';
import { prepare } from '../../database/prepare.js';
import { GatewayError } from '../../errors.js';
import type { refreshViews } from '../../refresh/refresh-views.js';
import { findGeneration } from '../../views/freshness.js';

/** Able to serve, or what is missing for it. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: string[];
}

export interface StartUp {
  /** Looks at the database, too: a gateway that lost it is not ready any more. */
  checkReadiness(): Promise<Readiness>;
  /** Settles when the gateway has become ready for the first time, or was stopped before. */
  run(): Promise<void>;
}

/** The connections that the start uses. */
export interface Databases {
  /** What the public reads through. */
  readonly database: Database;
  readonly refreshPool: Database;
  readonly refresh: typeof refreshViews;
  /** Opens the connection that schema changes go through. */
  readonly openDirect: () => Promise<Database>;
}

/** The views that cannot be read: dropped, renamed, or without rows since they were made. */
const unreadable = {
  compile: () =>
    CompiledQuery.raw(
      `select name from unnest($1::text[]) name
       where not exists (select from pg_class where oid = to_regclass(name) and relkind = 'm' and relispopulated)`,
      [viewNames],
    ) as CompiledQuery<{ name: string }>,
};
const retryMs = 500;
const lookLimitMs = 2_000;

/**
 * Makes the database ready while the gateway already answers: waits for it to come up, brings its
 * schema forward, fills the views.
 */
export function createStartUp(
  { database, refreshPool, refresh, openDirect }: Databases,
  signal: AbortSignal,
  onProblem: (problem: string) => void,
): StartUp {
  let problem: string | null = 'The gateway is starting: its database is not checked yet.';

  const attempt = async () => {
    const direct = await openDirect();
    try {
      await prepare(direct);
    } finally {
      if (direct !== database) await direct.close();
    }
    if ((await findGeneration(database.reader)) === null)
      await refresh(refreshPool, { trigger: 'start', wait: true, signal });
  };

  const run = async () => {
    while (!signal.aborted) {
      try {
        await attempt();
        problem = null;
        return;
      } catch (error) {
        const described = describeProblem(error);
        if (described !== problem) onProblem(described);
        problem = described;
      }
      await sleep(retryMs, undefined, { signal }).catch(() => {});
    }
  };

  return {
    run,
    async checkReadiness() {
      if (problem !== null) return { ready: false, reasons: [problem] };
      const late = sleep(lookLimitMs, 'The database did not answer in time.', { ref: false });
      const look = database.reader.read('readiness', unreadable).then(describeUnreadable, describeProblem);
      const reason = await Promise.race([look, late]);
      return { ready: reason === null, reasons: reason === null ? [] : [reason] };
    },
  };
}

function describeUnreadable(views: readonly { readonly name: string }[]): string | null {
  if (views.length === 0) return null;
  const names = views.map((view) => view.name).join(', ');
  return `Missing, renamed or not filled: ${names}. Run \`mycelix-analytics doctor\` to see what to do.`;
}

/** A sentence for the operator. The driver's own words name hosts and users, so they stay in the log. */
function describeProblem(error: unknown): string {
  // A named query wraps what the driver threw.
  const cause =
    error instanceof GatewayError
      ? (error.originalError ?? error)
      : error instanceof MigrationError
        ? error.cause
        : error;
  const { code, name, message } = cause as { code?: string; name?: string; message?: string };
  if (name && ['AdoptionNeeded', 'AdoptionError', 'ChangedMigration', 'OutdatedSchema'].includes(name))
    return message ?? '';
  const known = describeCode(code ?? '', anonymousAddress);
  if (known) return `${known.problem}. ${known.advice}`;
  return `The database cannot be used yet (${code ?? name ?? 'unknown'}).`;
}
