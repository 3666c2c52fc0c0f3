import { BlockList, isIP } from 'node:net';
import { isNetwork } from './network.js';

/** Receivers that alerts may be sent to although their addresses are private. */
export interface PrivateReceivers {
  /** Whether this host was named, or is an address in one of the networks. */
  namesHost(host: string): boolean;
  /** Whether an address is in one of the networks. */
  holdsAddress(address: string): boolean;
}

/** @param onFault is told of each entry that is neither a network nor a host. */
export function readPrivateReceivers(
  entries: readonly string[],
  onFault: (message: string) => void,
): PrivateReceivers {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of entries) {
    if (isNetwork(entry)) addNetwork(networks, entry);
    else if (isHostName(entry)) hosts.add(entry.toLowerCase());
    else
      onFault(
        `ALERT_WEBHOOK_ALLOW_PRIVATE: expected hosts or networks such as alerts.internal or 10.0.0.0/8, got ${JSON.stringify(entry)}`,
      );
  }
  const holdsAddress = (address: string) => {
    const family = isIP(address);
    return family !== 0 && networks.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
  return { namesHost: (host) => hosts.has(host.toLowerCase()) || holdsAddress(host), holdsAddress };
}

function addNetwork(networks: BlockList, network: string): void {
  const [address = '', bits] = network.split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  networks.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
}

/** A name whose last part is not a number, which would be an address in another spelling. */
function isHostName(text: string): boolean {
  return /^(?:[a-z0-9_-]{1,63}\.)*(?![0-9]+$)[a-z0-9_-]{1,63}$/i.test(text) && text.length <= 253;
}
