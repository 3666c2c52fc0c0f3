import type { JWTPayload } from 'jose';
import type { Config } from '../config/config.js';
import { GatewayError } from '../errors.js';
import { createKeyRing } from './operator-keys.js';
import { createTokenVerifier, type RunCheck } from './token.js';
import { isAddress, listener, operator, publicViewer, type Viewer } from './viewer.js';

/**
 * From the value of the `Authorization` header to who is asking. No header is the public; a header that is not good
 * is an error and never the public, so that nobody takes a part of the answer for the whole.
 * Operator keys and tokens that were found good lately are looked up at once; `run` runs the check of other tokens.
 * @throws GatewayError `UNAUTHENTICATED`, or `UNAVAILABLE` when the keys for tokens cannot be had.
 */
export type Authenticate = (authorization: string | undefined, run?: RunCheck) => Promise<Viewer>;

export interface AuthenticatorOptions {
  readonly now?: () => Date;
}

/** @throws Error when the configured key set cannot be read. */
export function createAuthenticator(
  config: Pick<Config, 'operatorKeys' | 'jwt'>,
  { now = () => new Date() }: AuthenticatorOptions = {},
): Authenticate {
  const findOperator = createKeyRing(config.operatorKeys);
  const verifyToken = config.jwt && createTokenVerifier(config.jwt, now);
  return async (authorization, run = (check) => check()) => {
    if (authorization === undefined) return publicViewer;
    const presented = bearerOf(authorization);
    const viewer = findOperator(presented);
    if (viewer) return viewer;
    if (!verifyToken)
      throw new GatewayError(
        'UNAUTHENTICATED',
        'The credentials: expected a key that is known here, got another.',
      );
    return viewerOf(await verifyToken(presented, run));
  };
}

function bearerOf(authorization: string): string {
  const match = /^bearer +(\S.*)$/i.exec(authorization.trim());
  if (!match?.[1])
    throw new GatewayError(
      'UNAUTHENTICATED',
      'The Authorization header: expected "Bearer" and a key or a signed token, got something else.',
    );
  return match[1];
}

function viewerOf(token: JWTPayload): Viewer {
  if (scopesOf(token).includes('operator')) {
    if (typeof token.sub === 'string' && token.sub !== '') return operator(token.sub);
    throw new GatewayError('UNAUTHENTICATED', 'The token: expected a name in its claim "sub", got none.');
  }
  if (isAddress(token.sub)) return listener(token.sub);
  throw new GatewayError(
    'UNAUTHENTICATED',
    'The token: expected an address in its claim "sub", got something else.',
  );
}

/** Both spellings are in use, and both a list and a text with blanks. */
function scopesOf(token: JWTPayload): readonly unknown[] {
  return [token.scope, token.scp].flatMap((scope) => (typeof scope === 'string' ? scope.split(' ') : scope));
}
