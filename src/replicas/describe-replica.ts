import { describeCode } from '../database/failures/describe-failure.js';
import { codeOf } from '../database/failures/failures.js';
import { GatewayError } from '../errors.js';
import { exclusionReasons } from './exclusion.js';
import type { Replica } from './replica.js';
import type { ReplicaStatus } from './replica-status.js';
import type { Sighting } from './sighting.js';

/** What is known of a replica at this moment. */
export function describeReplica(
  replica: Replica,
  announced: number | null,
  primary: Sighting | null,
): ReplicaStatus {
  const { name, look, lookedAt, counts } = replica;
  const exclusion = replica.exclusion(announced, primary);
  const sighting = look === null || 'failure' in look ? null : look;
  return {
    name,
    isEligible: exclusion === null,
    reason:
      exclusion === 'UNREACHABLE' && look && 'failure' in look
        ? describeFailure(name, look.failure)
        : exclusion && exclusionReasons[exclusion],
    generation: sighting?.generation ?? null,
    lookedAt,
    ...lagOf(sighting, primary),
    ...counts,
  };
}

/** A sentence without the driver's own words, which may name a user. */
export function describeFailure(name: string, failure: unknown): string {
  const code = codeOf(failure instanceof GatewayError ? (failure.originalError ?? failure) : failure);
  const known = describeCode(code, {
    server: `the server at ${name}`,
    place: name,
    host: name.replace(/:\d+(\/.*)?$/, ''),
    databaseName: 'in the URL',
    variable: 'DATABASE_READ_URLS',
  });
  return known ? `${known.problem}.` : `${exclusionReasons.UNREACHABLE.slice(0, -1)} (${code}).`;
}

/** How far a standby is behind what the primary was last seen to have written. */
function lagOf(
  sighting: Sighting | null,
  primary: Sighting | null,
): Pick<ReplicaStatus, 'lagSeconds' | 'lagBytes'> {
  if (!sighting?.isStandby) return { lagSeconds: null, lagBytes: null };
  const lagBytes = primary && Math.max(0, primary.position - sighting.position);
  // While the primary writes nothing, the last transaction grows old and nothing is behind.
  const lagSeconds = lagBytes === 0 ? 0 : sighting.replayAgeSeconds && Math.max(0, sighting.replayAgeSeconds);
  return { lagSeconds, lagBytes };
}
