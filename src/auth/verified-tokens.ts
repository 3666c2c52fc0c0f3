import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';

/** How long a signature that was found good is not checked again, in milliseconds. */
const goodForMs = 60_000;
const maxTokens = 10_000;

/** Remembers tokens that were found good, by their digests, so that their signatures are checked once a minute. */
export interface VerifiedTokens {
  find(token: string, nowMs: number): JWTPayload | null;
  remember(token: string, payload: JWTPayload, nowMs: number): void;
}

/** `toleranceMs` is how long after its expiry a token is still taken. */
export function createVerifiedTokens(toleranceMs: number): VerifiedTokens {
  const tokens = new LRUCache<string, { readonly payload: JWTPayload; readonly goodUntilMs: number }>({
    max: maxTokens,
  });
  return {
    find(token, nowMs) {
      const found = tokens.get(digestOf(token));
      return found && nowMs < found.goodUntilMs ? found.payload : null;
    },
    remember(token, payload, nowMs) {
      const expiresMs = (payload.exp ?? 0) * 1000 + toleranceMs;
      tokens.set(digestOf(token), { payload, goodUntilMs: Math.min(nowMs + goodForMs, expiresMs) });
    },
  };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
