import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import type { JwtConfig } from '../config/config.js';
import { GatewayError } from '../errors.js';
import { createRemoteKeys } from './remote-keys.js';
import { createVerifiedTokens } from './verified-tokens.js';

/** Signatures by a private key only: a shared secret, or none, would let whoever knows the public key sign. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** How far the clock of whoever signs may be off, in seconds. */
const clockToleranceSeconds = 5;

/** How long the key set's server may take, in milliseconds. */
const keySetTimeoutMs = 3_000;

/** Runs the check of a signature, which costs time; whoever bounds that may let it wait or refuse it. */
export type RunCheck = <Result>(check: () => Promise<Result>) => Promise<Result>;

/**
 * Makes what checks a signed token: signature, algorithm, issuer, audience and expiry.
 * The checker throws a GatewayError: `UNAUTHENTICATED` for a token that is not good, and `UNAVAILABLE` when the keys
 * cannot be had, because then nobody knows whether it is good. A token that was found good lately is not checked again.
 * @throws Error when the key set's file cannot be read.
 */
export function createTokenVerifier(
  config: JwtConfig,
  now: () => Date,
): (token: string, run: RunCheck) => Promise<JWTPayload> {
  const keys = keySetOf(config, now);
  const verified = createVerifiedTokens(clockToleranceSeconds * 1000);
  return async (token, run) => {
    const nowMs = now().getTime();
    const known = verified.find(token, nowMs);
    if (known) return known;
    const options: JWTVerifyOptions = {
      algorithms,
      issuer: config.issuer,
      audience: config.audience,
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceSeconds,
      currentDate: now(),
    };
    try {
      const payload = await run(() => verify(token, keys, options));
      verified.remember(token, payload, nowMs);
      return payload;
    } catch (error) {
      throw error instanceof GatewayError
        ? error
        : new GatewayError('UNAUTHENTICATED', faultOf(error), error);
    }
  };
}

async function verify(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // Keys without an id, while one replaces the other: the signature says which of them it was.
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function keySetOf(config: JwtConfig, now: () => Date): JWTVerifyGetKey {
  if (config.jwksFile !== undefined) return readKeySet(config.jwksFile);
  return createRemoteKeys(new URL(config.jwksUrl ?? ''), { timeoutMs: keySetTimeoutMs, now });
}

function readKeySet(file: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`JWT_JWKS_FILE: expected a JSON Web Key Set in ${file}, got something else.`, { cause });
  }
}

/** What is wrong with a token, without repeating any of it. */
function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired)
    return 'The token: expected one that is still valid, got one that has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.reason === 'missing'
      ? `The token: expected a claim "${error.claim}", got none.`
      : `The token: expected another value in its claim "${error.claim}".`;
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token: expected a signature by ${algorithms.join(', ')}, got another algorithm.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token: expected a signature by a known key, got another.';
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'The token: expected a signature that fits, got one that does not.';
  return 'The credentials: expected a key or a signed token that is known here, got something else.';
}
