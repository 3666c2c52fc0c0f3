import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { GatewayError } from '../errors.js';
import { fetchAtMost } from './fetch-at-most.js';

export interface RemoteKeysOptions {
  /** How long the server may take, in milliseconds. */
  readonly timeoutMs: number;
  /** After how long the keys are fetched anew, in milliseconds. */
  readonly freshMs?: number;
  /** How long after they were fetched the last keys are good, while no newer ones can be had, in milliseconds. */
  readonly keptMs?: number;
  readonly now: () => Date;
}

const minute = 60_000;

/** How long the server is left alone after it failed once, in milliseconds; twice as long after each further time. */
const firstPauseMs = 1_000;
const maxPauseMs = 30_000;

/** How large a key set may be, in bytes; a usual one has less than 20 kB. */
const maxKeySetBytes = 262_144;

/**
 * The keys of a key set on another server. They are fetched when they are first needed and anew every ten minutes, or
 * for a key that nobody has seen yet. While the server is away the last ones stay good for a day, so that nobody is
 * signed out by its absence; who signs with a key that is not among them is told to come back. One request is made to
 * the server at a time, whoever needs it, and none during the pause after one that failed.
 */
export function createRemoteKeys(
  url: URL,
  { timeoutMs, freshMs = 10 * minute, keptMs = 24 * 60 * minute, now }: RemoteKeysOptions,
): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cacheMaxAge: freshMs,
    [customFetch]: (address, options) => fetchAtMost(maxKeySetBytes, address, options),
  });
  /** When the keys were last known to be the server's. */
  let heardMs = Number.NEGATIVE_INFINITY;
  /** The last keys, while the server is away. */
  let kept: JWTVerifyGetKey | null = null;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** How often the server failed on end, and how it did the last time. */
  let failures = 0;
  let failure: unknown;

  const hear = (nowMs: number) => {
    heardMs = nowMs;
    kept = null;
    failures = 0;
  };
  const pause = (error: unknown, startedMs: number) => {
    // Others who waited for the same answer have begun the pause already.
    if (startedMs < pausedUntilMs) return;
    failure = error;
    pausedUntilMs = now().getTime() + Math.min(maxPauseMs, firstPauseMs * 2 ** failures);
    failures += 1;
  };
  const keep = (nowMs: number) => {
    const set = nowMs - heardMs <= keptMs ? remote.jwks() : undefined;
    if (!set) kept = null;
    else kept ??= createLocalJWKSet(set);
    return kept;
  };

  return async (header, token) => {
    const nowMs = now().getTime();
    if (nowMs >= pausedUntilMs)
      try {
        const key = await remote(header, token);
        hear(nowMs);
        return key;
      } catch (error) {
        if (isAboutTheToken(error)) {
          hear(nowMs);
          throw error;
        }
        pause(error, nowMs);
      }
    const last = keep(nowMs);
    if (!last) throw away(failure);
    try {
      return await last(header, token);
    } catch (error) {
      throw error instanceof errors.JWKSNoMatchingKey ? away(failure) : error;
    }
  };
}

function isAboutTheToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

function away(cause: unknown): GatewayError {
  return new GatewayError(
    'UNAVAILABLE',
    'The keys that tokens are checked with cannot be fetched; try again shortly.',
    cause,
  );
}
