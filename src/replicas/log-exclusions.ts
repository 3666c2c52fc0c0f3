import type { Logger } from 'pino';
import type { Exclusion } from './exclusion.js';
import type { Replica } from './replica.js';

/** After each refresh every standby is behind for some milliseconds. Only what lasts longer than this is told, in milliseconds. */
const lastsMs = 10_000;

/** Writes a line when a replica stops being read from, or is read from again. To be called after each look. */
export function logExclusions(
  log: Logger,
  elapsedMs: () => number,
): (replica: Replica, exclusion: Exclusion | null, reason: string | null) => void {
  const told = new Map<Replica, Exclusion | null>();
  const behindSince = new Map<Replica, number>();
  return (replica, exclusion, reason) => {
    if (exclusion !== 'OTHER_STATE') behindSince.delete(replica);
    else {
      const since = behindSince.get(replica) ?? elapsedMs();
      behindSince.set(replica, since);
      if (elapsedMs() - since < lastsMs) return;
    }
    if (told.get(replica) === exclusion) return;
    told.set(replica, exclusion);
    const { name } = replica;
    if (exclusion === null) log.info({ replica: name }, 'the replica is read from');
    else log.warn({ replica: name, reason }, 'the replica is not read from');
  };
}
