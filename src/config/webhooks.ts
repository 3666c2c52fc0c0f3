import { type PrivateReceivers, readPrivateReceivers } from './private-receivers.js';
import { Secret } from './secret.js';
import { splitList } from './split-list.js';

/** Where alerts are sent. */
export interface WebhookConfig {
  readonly receivers: readonly WebhookReceiver[];
  /** The key of the signatures, in base64. */
  readonly key: Secret;
  readonly privateReceivers: PrivateReceivers;
}

export interface WebhookReceiver {
  /** What logs say of it. An address of IPv6 has no brackets. */
  readonly host: string;
  /** The path of such a URL often is a credential. */
  readonly url: Secret;
}

const maxReceivers = 10;
const maxUrlLength = 2_000;

interface WebhookSettings {
  readonly ALERT_WEBHOOK_URLS?: string | undefined;
  readonly ALERT_WEBHOOK_SECRET?: string | undefined;
  readonly ALERT_WEBHOOK_ALLOW_PRIVATE?: string | undefined;
}

/**
 * Reads the settings of the webhooks; null when there is no receiver. No message repeats a URL or the secret.
 * @param onFault is told of everything that is wrong.
 */
export function readWebhooks(
  settings: WebhookSettings,
  onFault: (message: string) => void,
): WebhookConfig | null {
  const privateReceivers = readPrivateReceivers(
    splitList(settings.ALERT_WEBHOOK_ALLOW_PRIVATE ?? ''),
    onFault,
  );
  const urls = splitList(settings.ALERT_WEBHOOK_URLS ?? '');
  if (urls.length > maxReceivers)
    onFault(`ALERT_WEBHOOK_URLS: expected at most ${maxReceivers} URLs, got ${urls.length}`);
  if (new Set(urls).size < urls.length) onFault('ALERT_WEBHOOK_URLS: expected each URL once');
  const receivers = urls.flatMap((text, index) => {
    const where = `ALERT_WEBHOOK_URLS: expected`;
    const url = URL.canParse(text) && text.length <= maxUrlLength ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.hash !== '') {
      onFault(`${where} https URLs without a fragment, got something else in entry ${index + 1}`);
      return [];
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol === 'http:' && !privateReceivers.namesHost(host))
      onFault(
        `${where} https (http only for what ALERT_WEBHOOK_ALLOW_PRIVATE names), got http in entry ${index + 1}`,
      );
    return [Object.freeze({ host, url: new Secret(text) })];
  });
  const secret = settings.ALERT_WEBHOOK_SECRET;
  if (secret === undefined && urls.length > 0)
    onFault('ALERT_WEBHOOK_SECRET: expected, because ALERT_WEBHOOK_URLS is set');
  const key = secret === undefined ? null : readKey(secret);
  if (secret !== undefined && key === null)
    onFault(
      `ALERT_WEBHOOK_SECRET: expected 24 to 64 random bytes in base64 (32 characters or more), with or without whsec_ before them, got ${secret.length} characters that are not`,
    );
  return urls.length > 0 && key !== null ? Object.freeze({ receivers, key, privateReceivers }) : null;
}

/** The key without its prefix; null when it is not one. */
function readKey(secret: string): Secret | null {
  const text = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isWhole && bytes.length >= 24 && bytes.length <= 64 ? new Secret(text) : null;
}
