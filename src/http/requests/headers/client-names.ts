import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Viewer } from '../../../auth/viewer.js';
import { createClientAddress, prefixOf } from './client-address.js';

/** Names the client that a request comes from, as its rate is counted: who signed in, or else its network. */
export interface ClientNames {
  ofNetwork(request: IncomingMessage): string;
  ofViewer(viewer: Viewer, request: IncomingMessage): string;
}

/** @param trustProxy networks whose `X-Forwarded-For` is believed */
export function createClientNames(trustProxy: readonly string[]): ClientNames {
  const addressOf = createClientAddress(trustProxy);
  /** A connection belongs to one network, unless it is a proxy's. */
  const ofConnection = trustProxy.length === 0 ? new WeakMap<Socket, string>() : null;
  const ofNetwork = (request: IncomingMessage) => {
    const held = ofConnection?.get(request.socket);
    if (held !== undefined) return held;
    const name = `net ${prefixOf(addressOf(request))}`;
    ofConnection?.set(request.socket, name);
    return name;
  };
  return {
    ofNetwork,
    ofViewer(viewer, request) {
      if (viewer.kind === 'listener') return `sub ${viewer.address}`;
      return viewer.kind === 'operator' ? `key ${viewer.name}` : ofNetwork(request);
    },
  };
}
