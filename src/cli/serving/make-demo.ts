import { existsSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../config/read-config.js';
import { openDatabase } from '../../gateway/databases/open-database.js';
import { announceOpening, prepareDemo } from '../../gateway/start/embedded-start.js';
import type { CliContext } from '../command.js';
import { showStart } from './show-start.js';

/**
 * Makes the embedded database and its demo data where there is none yet, so that a gateway that is started afterwards opens
 * it as a later start does. `npm start` does it while the pages are built, which uses another core.
 */
export async function makeDemo({
  env,
  stderr,
  now,
}: Pick<CliContext, 'env' | 'stderr' | 'now'>): Promise<void> {
  const config = readConfig(env);
  if (config.databaseUrl || existsSync(path.join(config.dataDir, 'postgres'))) return;
  const watching = showStart(stderr, config);
  announceOpening(config.dataDir, watching);
  const database = await openDatabase(config);
  try {
    await prepareDemo(database, now(), undefined, watching);
  } finally {
    await database.close();
  }
}
