import { GatewayError } from '../errors.js';
import type { AccessRule } from './access.js';
import type { Viewer } from './viewer.js';

/**
 * The one way to say no. `what` names the thing that was asked for, such as `Query.monitoring`.
 * Without credentials the answer is how to come back; with the wrong ones it is that they do not suffice.
 */
export function refusal(viewer: Viewer, what: string, rule: AccessRule): GatewayError {
  const whose = rule === 'operator' ? 'an operator' : 'the address that it is about, or of an operator';
  return viewer.kind === 'public'
    ? new GatewayError('UNAUTHENTICATED', `${what}: expected the credentials of ${whose}, got none.`)
    : new GatewayError(
        'FORBIDDEN',
        `${what}: expected the credentials of ${whose}, got those of somebody else.`,
      );
}
