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
  /** When the keys were last known to be the server's. */
  let heardMs = Number.NEGATIVE_INFINITY;
  /** The last keys, while the server is away. */
  let kept: JWTVerifyGetKey | null = null;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  const hear = (nowMs: number) => {
    heardMs = nowMs;
    kept = null;
  };
  const keep = (nowMs: number) => {
    const set = nowMs - heardMs <= keptMs ? remote.jwks() : undefined;
    if (!set) kept = null;
    else kept ??= createLocalJWKSet(set);
    return kept;
  };

  return async (header, token) => {
    const nowMs = now().getTime();
    let cause: unknown;
    if (!kept || nowMs >= pausedUntilMs)
      try {
        const key = await remote(header, token);
        hear(nowMs);
        return key;
      } catch (error) {
        if (isAboutTheToken(error)) {
          hear(nowMs);
          throw error;
        }
        pausedUntilMs = nowMs + pauseMs;
        cause = error;
      }
    const last = keep(nowMs);
    if (!last) throw away(cause);
    try {
      return await last(header, token);
    } catch (error) {
      throw error instanceof errors.JWKSNoMatchingKey ? away(cause ?? error) : error;
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
