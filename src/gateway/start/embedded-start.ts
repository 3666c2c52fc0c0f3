import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config/config.js';
import { Secret } from '../../config/secret.js';
import type { Database } from '../../database/database.js';
import { migrate } from '../../database/migrations/migrate.js';
import { findPending } from '../../database/migrations/pending.js';
import { defaultDemo, seedDemo } from '../../demo/seed.js';
import { refreshViews } from '../../refresh/refresh-views.js';

/** What takes a while when an embedded gateway starts, in this order; a later start only opens. */
export type StartStep = 'create' | 'open' | 'schema' | 'demo' | 'views';

/** Watches an embedded gateway being started. */
export interface Watching {
  /** Called when a step begins. */
  onStep(step: StartStep): void;
  /** Told how many plays of the demo data there are so far, and then of how many. */
  onProgress(plays: number, total: number): void;
  /** Called when making demo data has ended, also when it failed. */
  onEnd(): void;
}

/** Says whether the embedded database in a folder is about to be made or to be opened. */
export function announceOpening(folder: string, watching?: Watching): void {
  watching?.onStep(existsSync(path.join(folder, 'postgres', 'PG_VERSION')) ? 'open' : 'create');
}

/** Makes the schema of the embedded database, and the demo data where it is empty. */
export async function prepareDemo(
  database: Database,
  now: Date,
  signal?: AbortSignal,
  watching?: Watching,
): Promise<void> {
  if ((await findPending(database)).migrations.length > 0) {
    watching?.onStep('schema');
    await migrate(database);
  }
  if (!(await isEmpty(database))) return;
  watching?.onStep('demo');
  const onProgress = (plays: number) => watching?.onProgress(plays, defaultDemo.plays);
  try {
    await seedDemo(database, defaultDemo, now, onProgress, signal);
  } finally {
    watching?.onEnd();
  }
  watching?.onStep('views');
  await refreshViews(database, { trigger: 'start', wait: true, signal });
}

/** Plays are looked for only where there is no artist: that takes a tenth of a second at a start, for all of their partitions. */
async function isEmpty(database: Database): Promise<boolean> {
  for (const table of ['artists', 'plays']) {
    const { rows } = await database.query<{ isFilled: boolean }>(
      `select exists (select from ${table}) as "isFilled"`,
    );
    if (rows[0]?.isFilled) return false;
  }
  return true;
}

/**
 * The operator key of an embedded gateway that was given none: made once, kept beside the data, readable by its
 * owner only.
 */
export async function withOperatorKey(
  config: Config,
): Promise<{ readonly config: Config; readonly operatorKey: string | null }> {
  if (config.operatorKeys.length > 0) return { config, operatorKey: null };
  const file = path.join(config.dataDir, 'operator-key');
  const kept = await readFile(file, 'utf8').catch(() => '');
  const operatorKey = kept.trim() || randomBytes(24).toString('base64url');
  if (!kept) await writeFile(file, `${operatorKey}\n`, { mode: 0o600 });
  return {
    config: Object.freeze({ ...config, operatorKeys: [{ name: 'local', secret: new Secret(operatorKey) }] }),
    operatorKey,
  };
}
