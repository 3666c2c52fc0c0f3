import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4, SocketAddress } from 'node:net';
import { belongsTo } from '../../../config/network.js';

/** Finds the address that a request came from, past the proxies that are believed. */
export type ClientAddress = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string;

/**
 * Reads `X-Forwarded-For` from right to left while the sender is in a trusted network (CIDR), as the
 * framework does for `request.ip`. Without trusted networks it is the address at the other end of the
 * connection.
 */
export function createClientAddress(trusted: readonly string[]): ClientAddress {
  if (trusted.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = createIsTrusted(trusted);
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'];
    let address = socket.remoteAddress ?? '';
    if (forwarded === undefined) return address;
    const hops = String(forwarded).split(',');
    while (hops.length > 0 && isTrusted(address)) address = (hops.pop() as string).trim();
    return address;
  };
}

/** Says of an address whether it belongs to one of the trusted networks (CIDR). */
export function createIsTrusted(trusted: readonly string[]): (address: string) => boolean {
  const belongs = belongsTo(trusted);
  return (address) => belongs(unmapIPv4(address));
}

/**
 * Who shares a budget: a /24 of IPv4, a /64 of IPv6, because whoever has one address of these has them all. What is no
 * address, as a proxy may write it, is one subject together.
 */
export function prefixOf(address: string): string {
  const plain = unmapIPv4(address);
  switch (isIP(plain)) {
    case 4:
      return plain.slice(0, plain.lastIndexOf('.'));
    case 6:
      return groupsOf(plain).slice(0, 4).join(':');
    default:
      return 'unknown';
  }
}

/** Whose connections are counted together: those of one address of IPv4, of a /64 of IPv6. */
export function hostOf(address: string): string {
  const plain = unmapIPv4(address);
  return isIPv4(plain) ? plain : prefixOf(plain);
}

/** The eight groups of an address of IPv6, each in its one short form. */
function groupsOf(address: string): string[] {
  const { address: short } = new SocketAddress({ address: address.replace(/%.*$/, ''), family: 'ipv6' });
  const [head = '', tail = ''] = short.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after];
}

/** An IPv4 address as it looks on a socket that takes both kinds. */
function unmapIPv4(address: string): string {
  return address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;
}
