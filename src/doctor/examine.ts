import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import { checkCapture } from './capture.js';
import { type Check, type CheckedDatabase, type Facts, reading } from './checked-database.js';
import { checkClock } from './clock.js';
import { checkExtensions } from './extensions.js';
import { readFacts } from './facts.js';
import { type Finding, hint } from './finding.js';
import { checkFreshness } from './freshness.js';
import { checkLateTriggers } from './late-triggers.js';
import { checkLongTexts } from './long-texts.js';
import { checkMigrations } from './migrations.js';
import { checkMissingArtists } from './missing-artists.js';
import { checkPartitions } from './partitions.js';
import { checkPooler } from './pooler.js';
import { checkPublications } from './publications.js';
import { describeUnreachable } from './reach.js';
import { checkRights } from './rights.js';
import { checkRows } from './rows.js';
import { checkSearchPath } from './search-path.js';
import { checkTables } from './tables.js';
import { checkVersion } from './version.js';
import { checkViews } from './views.js';
import { checkWritable } from './writable.js';

const checks: Readonly<Record<string, Check>> = {
  version: checkVersion,
  writable: checkWritable,
  'search path': checkSearchPath,
  tables: checkTables,
  rows: checkRows,
  triggers: checkLateTriggers,
  artists: checkMissingArtists,
  'long texts': checkLongTexts,
  migrations: checkMigrations,
  views: checkViews,
  rights: checkRights,
  freshness: checkFreshness,
  capture: checkCapture,
  partitions: checkPartitions,
  publications: checkPublications,
  pooler: checkPooler,
  clock: checkClock,
  extensions: checkExtensions,
};

/** Runs every check, one after the other, and changes nothing. A check that fails says so and stops no other. */
export async function* examine(database: Database, config: Config, now: () => Date): AsyncGenerator<Finding> {
  let facts: Facts;
  try {
    facts = await readFacts(database, now);
  } catch (error) {
    yield describeUnreachable(error, config);
    return;
  }
  const checked: CheckedDatabase = { config, database, facts, now };
  for (const [name, check] of Object.entries(checks)) {
    try {
      yield* await reading(database, (client) => check(checked, client));
    } catch (error) {
      yield hint(`The check of ${name} could not be made: ${(error as Error).message}`);
    }
  }
}
