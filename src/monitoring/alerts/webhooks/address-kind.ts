import { isIP } from 'node:net';
import { belongsTo } from '../../../config/network.js';

/** `reserved`: addresses that no receiver can have, such as metadata services, link-local, multicast, documentation. */
export type AddressKind = 'public' | 'private' | 'reserved';

const privateV4 = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const privateV6 = ['::1/128', 'fc00::/7'];
const reservedV4 = [
  ...['0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // The metadata service of Alibaba Cloud, within the private 100.64.0.0/10.
  '100.100.100.200/32',
];
/** Within 2000::/3, outside of which no address is public. Tunnels lead to addresses of IPv4 that are not seen here. */
const reservedV6 = [
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
  // The metadata service of Amazon's cloud, within the private fc00::/7.
  'fd00:ec2::254/128',
];

const isPrivate = belongsTo([...privateV4, ...privateV6]);
const isReserved = belongsTo([...reservedV4, ...reservedV6]);
const isPublicV6 = belongsTo(['2000::/3']);

/** By the registries of special addresses of IPv4 and IPv6. What is no address is reserved. */
export function kindOfAddress(address: string): AddressKind {
  const plain = embeddedAddress(address);
  const version = isIP(plain);
  if (version === 0) return 'reserved';
  if (isReserved(plain)) return 'reserved';
  if (isPrivate(plain)) return 'private';
  return version === 4 || isPublicV6(plain) ? 'public' : 'reserved';
}

/** The address of IPv4 in an address that is mapped (::ffff:0:0/96) or translated (64:ff9b::/96); any other as it is. */
function embeddedAddress(address: string): string {
  if (isIP(address) !== 6 || !URL.canParse(`http://[${address}]`)) return address;
  const written = new URL(`http://[${address}]`).hostname;
  const [, high, low] = /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(written) ?? [];
  if (high === undefined || low === undefined) return address;
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return bits.flatMap((part) => [part >> 8, part & 255]).join('.');
}
