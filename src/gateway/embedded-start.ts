import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.js';
import { Secret } from '../config/secret.js';
import type { Database } from '../database/database.js';
import { migrate } from '../database/migrations/migrate.js';
import { defaultDemo, seedDemo } from '../demo/seed.js';
import { refreshViews } from '../refresh/refresh-views.js';

/** Watches demo data being made. */
export interface Watching {
  /** Told how many plays there are so far, and then of how many. */
  onProgress(plays: number, total: number): void;
  /** Called when making demo data has ended, also when it failed. */
  onEnd(): void;
}

/** Makes the schema of the embedded database, and the demo data where it is empty. */
export async function prepareDemo(
  database: Database,
  now: Date,
  signal?: AbortSignal,
  watching?: Watching,
): Promise<void> {
  await migrate(database);
  const { rows } = await database.query<{ empty: boolean }>(
    'select not exists (select from artists) and not exists (select from plays) as empty',
  );
  if (!rows[0]?.empty) return;
  const onProgress = (plays: number) => watching?.onProgress(plays, defaultDemo.plays);
  try {
    await seedDemo(database, defaultDemo, now, onProgress, signal);
  } finally {
    watching?.onEnd();
  }
  await refreshViews(database, { trigger: 'start', wait: true, signal });
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
