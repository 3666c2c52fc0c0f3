import { belongsTo, isNetwork } from './network.js';

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
  const networks: string[] = [];
  for (const entry of entries) {
    if (isNetwork(entry)) networks.push(entry);
    else if (isHostName(entry)) hosts.add(entry.toLowerCase());
    else
      onFault(
        `ALERT_WEBHOOK_ALLOW_PRIVATE: expected hosts or networks such as alerts.internal or 10.0.0.0/8, got ${JSON.stringify(entry)}`,
      );
  }
  const holdsAddress = belongsTo(networks);
  return { namesHost: (host) => hosts.has(host.toLowerCase()) || holdsAddress(host), holdsAddress };
}

/** A name whose last part is not a number, which would be an address in another spelling. */
function isHostName(text: string): boolean {
  return /^(?:[a-z0-9_-]{1,63}\.)*(?![0-9]+$)[a-z0-9_-]{1,63}$/i.test(text) && text.length <= 253;
}
