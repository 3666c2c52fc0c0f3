import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import { type Check, type CheckedDatabase, type Facts, reading } from './checked-database.js';
import { readFacts } from './facts.js';
import { type Finding, hint } from './finding.js';
import { describeUnreachable } from './reach.js';
import { checkReplicas } from './replicas/replicas.js';
import { checkClock } from './server/clock.js';
import { checkExtensions } from './server/extensions.js';
import { checkPooler } from './server/pooler.js';
import { checkRights } from './server/rights.js';
import { checkSearchPath } from './server/search-path.js';
import { checkVersion } from './server/version.js';
import { checkWritable } from './server/writable.js';
import { checkAddresses } from './tables/addresses.js';
import { checkLateTriggers } from './tables/late-triggers.js';
import { checkLongTexts } from './tables/long-texts.js';
import { checkMissingArtists } from './tables/missing-artists.js';
import { checkPartitions } from './tables/partitions.js';
import { checkRows } from './tables/rows.js';
import { checkTables } from './tables/tables.js';
import { checkCapture } from './views/capture.js';
import { checkFreshness } from './views/freshness.js';
import { checkMigrations } from './views/migrations.js';
import { checkPublications } from './views/publications.js';
import { checkViews } from './views/views.js';

const checks: Readonly<Record<string, Check>> = {
  version: checkVersion,
  writable: checkWritable,
  'search path': checkSearchPath,
  tables: checkTables,
  rows: checkRows,
  triggers: checkLateTriggers,
  artists: checkMissingArtists,
  addresses: checkAddresses,
  'long texts': checkLongTexts,
  migrations: checkMigrations,
  views: checkViews,
  rights: checkRights,
  freshness: checkFreshness,
  capture: checkCapture,
  partitions: checkPartitions,
  publications: checkPublications,
  pooler: checkPooler,
  replicas: checkReplicas,
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
      yield* await reading(database, (session) => check(checked, session));
    } catch (error) {
      yield hint(`The check of ${name} could not be made: ${(error as Error).message}`);
    }
  }
}
