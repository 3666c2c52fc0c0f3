import { createHmac } from 'node:crypto';
import type { Secret } from '../../../config/secret.js';

/**
 * The headers that say which message it is, when this try was made, and that both and the body are ours, as Standard
 * Webhooks defines them.
 * @param key in base64
 */
export function signMessage(key: Secret, id: string, at: Date, body: string): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = createHmac('sha256', Buffer.from(key.reveal(), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
