import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { GatewayError } from '../errors.js';

export interface RemoteKeysOptions {
  /** How long the server may take, in milliseconds. */
  readonly timeoutMs: number;
  /** After how long the keys are fetched anew, in milliseconds. */
  readonly freshMs?: number;
  /** How long after they were fetched the last keys are good, while no newer ones can be had, in milliseconds. */
  readonly keptMs?: number;
  /** How long a server that did not answer is left alone, in milliseconds. */
  readonly pauseMs?: number;
  readonly now: () => Date;
}

const minute = 60_000;

/**
 * The keys of a key set on another server. They are fetched when they are first needed and anew every ten minutes, or
 * for a key that nobody has seen yet. While the server is away the last ones stay good for a day, so that nobody is
 * signed out by its absence; who signs with a key that is not among them is told to come back.
 */
export function createRemoteKeys(
  url: URL,
  { timeoutMs, freshMs = 10 * minute, keptMs = 24 * 60 * minute, pauseMs = 30_000, now }: RemoteKeysOptions,
): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { timeoutDuration: timeoutMs, cacheMaxAge: freshMs });
  let last: { readonly keys: JWTVerifyGetKey; readonly set: unknown; readonly fetchedMs: number } | null =
    null;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  /** Called where the server has just been heard of, or did not have to be. */
  const remember = () => {
    const set = remote.jwks();
    if (set && set !== last?.set) last = { keys: createLocalJWKSet(set), set, fetchedMs: now().getTime() };
  };

  return async (header, token) => {
    const nowMs = now().getTime();
    const kept = last && nowMs - last.fetchedMs <= keptMs ? last.keys : null;
    if (!kept || nowMs >= pausedUntilMs)
      try {
        const key = await remote(header, token);
        remember();
        return key;
      } catch (error) {
        if (isAboutTheToken(error)) {
          remember();
          throw error;
        }
        pausedUntilMs = nowMs + pauseMs;
        if (!kept) throw away(error);
      }
    try {
      return await kept(header, token);
    } catch (error) {
      throw error instanceof errors.JWKSNoMatchingKey ? away(error) : error;
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
