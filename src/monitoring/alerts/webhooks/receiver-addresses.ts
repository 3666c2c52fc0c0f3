import { type LookupAddress, promises } from 'node:dns';
import { isIP } from 'node:net';
import type { PrivateReceivers } from '../../../config/private-receivers.js';
import { kindOfAddress } from './address-kind.js';

/** The addresses of a host. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** A receiver that nothing is sent to. The message does not name it. */
export class RefusedReceiver extends Error {}

/** As every other program of this machine resolves names. */
export const resolveHost: Resolve = (host) => promises.lookup(host, { all: true });

/**
 * The addresses of a receiver, all of which may be connected to. A request has to connect to one of them and not resolve
 * the name again, which could give another address the second time.
 * @throws RefusedReceiver
 */
export async function findAddresses(
  url: URL,
  host: string,
  privateReceivers: PrivateReceivers,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0)
    throw Object.assign(new Error(`${host} has no address.`), { code: 'ENOTFOUND' });
  for (const { address } of addresses) {
    const fault = faultOf(url, host, address, privateReceivers);
    if (fault) throw new RefusedReceiver(fault);
  }
  return addresses;
}

function faultOf(url: URL, host: string, address: string, privateReceivers: PrivateReceivers): string | null {
  if (privateReceivers.holdsAddress(address)) return null;
  const kind = kindOfAddress(address);
  if (kind === 'public')
    return url.protocol === 'https:' ? null : 'expected a private address for http, got a public one';
  if (kind === 'private' && privateReceivers.namesHost(host)) return null;
  return kind === 'private'
    ? 'expected a public address, got a private one that ALERT_WEBHOOK_ALLOW_PRIVATE does not name'
    : 'expected a public address, got a reserved one, such as that of a metadata service';
}
