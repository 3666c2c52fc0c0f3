import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import type { Resolve } from '../../../../src/monitoring/alerts/webhooks/receiver-addresses.js';

export interface NameServer {
  /** Asks this server and no other. */
  readonly resolve: Resolve;
  /** How often it was asked. */
  asked(): number;
  close(): Promise<void>;
}

/** A name server that gives the next of these addresses for any name each time, and the last one from then on. */
export async function startNameServer(addresses: readonly string[]): Promise<NameServer> {
  let asked = 0;
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] as string;
    asked += 1;
    // The header, then the question: a name, which ends with a zero, its type and its class.
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const header = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    query.copy(header, 0, 0, 2);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
    socket.send(Buffer.concat([header, question, answer]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${(socket.address() as AddressInfo).port}`]);
  return {
    resolve: async (host) => (await resolver.resolve4(host)).map((address) => ({ address, family: 4 })),
    asked: () => asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
