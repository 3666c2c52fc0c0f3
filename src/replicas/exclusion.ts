import type { Sighting } from './sighting.js';

/** Why a replica is not read from. */
export type Exclusion =
  | 'NOT_LOOKED_AT'
  | 'UNREACHABLE'
  | 'OTHER_CLUSTER'
  | 'PRIMARY'
  | 'NOT_STANDBY'
  | 'REPLAY_PAUSED'
  | 'OTHER_STATE';

/** What the last look at a replica found: null before the first one, or why it failed. */
export type Look = Sighting | { readonly failure: unknown } | null;

/**
 * Why a replica may not be read from; null when it may.
 * @param announced the state that this gateway has announced.
 * @param primary what is known of the primary, which may be away.
 */
export function exclusionOf(
  look: Look,
  announced: number | null,
  primary: Sighting | null,
): Exclusion | null {
  if (look === null) return 'NOT_LOOKED_AT';
  if ('failure' in look) return 'UNREACHABLE';
  if (primary && look.identity !== primary.identity) return 'OTHER_CLUSTER';
  if (primary && look.startedAt === primary.startedAt) return 'PRIMARY';
  if (!look.isStandby) return 'NOT_STANDBY';
  if (look.isPaused) return 'REPLAY_PAUSED';
  return look.state === announced ? null : 'OTHER_STATE';
}

/** Sentences for whoever is on call. */
export const exclusionReasons: Readonly<Record<Exclusion, string>> = {
  NOT_LOOKED_AT: 'It has not been looked at yet.',
  UNREACHABLE: 'It cannot be reached.',
  OTHER_CLUSTER:
    'It is no physical copy of the database in DATABASE_URL: it belongs to another cluster, or the URL names another database of it.',
  PRIMARY: 'It is the server that DATABASE_URL leads to.',
  NOT_STANDBY: 'It is no standby: it was promoted, or never was one.',
  REPLAY_PAUSED: 'Its replay is paused (pg_wal_replay_resume() continues it).',
  OTHER_STATE: 'It does not show the refresh that this gateway shows; it is behind, or ahead for a moment.',
};
