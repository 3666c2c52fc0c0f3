import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ReadUrl } from '../../config/read-urls.js';
import { rawQuery } from '../../database/raw-query.js';
import { type Reader, readOne } from '../../database/reader/reader.js';
import { openServer } from '../../database/server.js';
import { describeFailure } from '../../replicas/describe-replica.js';
import { type Exclusion, exclusionOf, exclusionReasons } from '../../replicas/exclusion.js';
import { type Sighting, sight } from '../../replicas/sighting.js';
import type { Check } from '../checked-database.js';
import { type Finding, hint, ok } from '../finding.js';

const limitMs = 5_000;
/** A standby applies a refresh that has just ended within this time, in milliseconds. */
const catchUpMs = 2_000;

/** Whether public reads could go to each read replica. None is needed for serving, so nothing is a fault. */
export const checkReplicas: Check = async ({ config, facts }, session) => {
  const replicas = config.databaseReadUrls;
  if (replicas.length === 0) return [];
  if (!facts.isMigrated)
    return [hint('The read replicas were not examined, because the schema is not up to date')];
  const primary = await sight(session.reader);
  const isPooled = config.databaseDirectUrl !== undefined;
  const findings = await Promise.all(replicas.map((replica) => examineReplica(replica, primary, isPooled)));
  return findings.flat();
};

async function examineReplica(
  { name, url }: ReadUrl,
  primary: Sighting,
  isPooled: boolean,
): Promise<Finding[]> {
  const database = openServer({
    connectionString: url.reveal(),
    poolSize: 1,
    statementTimeoutMs: limitMs,
    waitLimitMs: limitMs,
    isPooled,
  });
  try {
    const seen = await untilLevel(database.reader, primary);
    const exclusion = exclusionOf(seen, primary.state, primary);
    if (exclusion === null)
      return [describeLevel(name, seen), ...(await checkConflicts(name, database.reader))];
    return [describeExcluded(name, exclusion, seen, primary)];
  } catch (error) {
    return [
      hint(
        `The read replica ${name} cannot be used. ${describeFailure(name, error)}`,
        'Look at its log, and at its part of DATABASE_READ_URLS: user, password, database, pg_hba.conf.',
      ),
    ];
  } finally {
    await database.close();
  }
}

/** Gives a standby that is merely a moment behind the time to catch up. */
async function untilLevel(reader: Reader, primary: Sighting): Promise<Sighting> {
  for (const end = performance.now() + catchUpMs; ; await sleep(50)) {
    const seen = await sight(reader);
    if (exclusionOf(seen, primary.state, primary) !== 'OTHER_STATE' || performance.now() > end) return seen;
  }
}

function describeLevel(name: string, { generation }: Sighting): Finding {
  return ok(`The read replica ${name} is a standby of this database, and shows refresh ${generation}`);
}

const advice: Readonly<Partial<Record<Exclusion, string>>> = {
  OTHER_CLUSTER: 'Make it anew from the primary (pg_basebackup -R), or correct DATABASE_READ_URLS.',
  PRIMARY: 'Leave it out of DATABASE_READ_URLS.',
  NOT_STANDBY:
    'If it is the new primary, let DATABASE_URL lead to it; otherwise make it anew from the primary (pg_basebackup -R).',
  REPLAY_PAUSED: 'Run there as a superuser: select pg_wal_replay_resume()',
  OTHER_STATE:
    'Look at pg_stat_replication on the primary, and at the log of the standby: it may not be connected.',
};

function describeExcluded(
  name: string,
  exclusion: Exclusion,
  { position, generation }: Sighting,
  primary: Sighting,
): Finding {
  const why =
    exclusion === 'OTHER_STATE'
      ? `It shows refresh ${generation} instead of ${primary.generation}, and has not applied ${Math.max(0, primary.position - position)} bytes.`
      : exclusionReasons[exclusion];
  return hint(`The read replica ${name} would not be read from. ${why}`, advice[exclusion]);
}

/** What makes replay cancel reads, or reads hold up replay. */
async function checkConflicts(name: string, reader: Reader): Promise<Finding[]> {
  const query = sql<{ feedback: boolean; delay: string }>`
    select current_setting('hot_standby_feedback')::bool as "feedback", current_setting('max_standby_streaming_delay') as "delay"`;
  const settings = await readOne(reader, 'replica.settings', rawQuery(query));
  if (!settings) return [];
  const findings: Finding[] = [];
  if (!settings.feedback)
    findings.push(
      hint(
        `On ${name} hot_standby_feedback is off: after ${settings.delay} (max_standby_streaming_delay) a refresh cancels reads there, which are then asked elsewhere`,
        'Run there as a superuser: alter system set hot_standby_feedback = on; select pg_reload_conf()',
      ),
    );
  if (settings.delay === '-1')
    findings.push(
      hint(
        `On ${name} max_standby_streaming_delay is -1: one long query there holds up all that comes from the primary`,
        "Run there as a superuser: alter system set max_standby_streaming_delay = '30s'; select pg_reload_conf()",
      ),
    );
  return findings;
}
