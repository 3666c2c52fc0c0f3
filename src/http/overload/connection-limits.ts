import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from '../../config/limits.js';
import { createClientAddress, createIsTrusted, hostOf } from '../requests/headers/client-address.js';
import { excessOf, type Held } from './excess.js';

/** How often connections are looked at. What ends within two looks is never counted. */
const lookEveryMs = 1_000;
/** At which share of the limit idle connections are closed, and down to which. */
const crowdedFrom = 0.9;
const crowdedTo = 0.8;
/** How often that may happen between two looks, in milliseconds. */
const makeRoomEveryMs = 100;

type Phase = 'head' | 'body' | 'answer' | 'working' | 'idle';

interface Connection {
  readonly socket: Socket;
  /** How many requests were begun on it; with the phase it tells one unfinished request from the next. */
  requests: number;
  /** The last request, until it was answered. */
  request: IncomingMessage | null;
  response: ServerResponse | null;
  /** How many bytes had come when the last request was first seen complete. */
  bytesAtRest: number;
  isComplete: boolean;
  phase: Phase;
  requestsAtLook: number;
  /** When it was first seen in this phase of this request. */
  since: number;
  isEnding: boolean;
}

export interface ConnectionLimitsOptions {
  readonly limits: ConnectionLimits;
  /** Networks whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  /** Whether another process accepts the connections, which offers one that is refused again and again. */
  readonly areHandedOver?: boolean | undefined;
  /** Answers a request that is given up before all of it was read. */
  readonly refuse: (socket: Socket) => void;
  /** Told of each connection that is ended because there are too many unfinished requests. */
  readonly onUnfinished?: (() => void) | undefined;
}

/**
 * Bounds the connections with an unfinished request or an unread answer, per address and in total. Once a
 * second, the oldest excess connections that were already unfinished a second before are closed, so bursts
 * never count. Near the limit of open connections, idle keep-alive connections are closed.
 */
export function limitConnections(server: Server, options: ConnectionLimitsOptions): void {
  const { limits, refuse, onUnfinished } = options;
  const connections = new Map<Socket, Connection>();
  const addressOf = createClientAddress(options.trustProxy);
  const isTrusted = createIsTrusted(options.trustProxy);
  let roomMadeAt = 0;

  /** Null for a connection of a trusted proxy, where the client is unknown. */
  const clientOf = ({ socket, request }: Connection) => {
    const address = addressOf(request ?? { socket, headers: {} });
    return isTrusted(address) ? null : hostOf(address);
  };
  const held = (connection: Connection): Held<Connection> => ({
    item: connection,
    client: clientOf(connection),
    since: connection.since,
  });

  const end = (connection: Connection) => {
    connection.isEnding = true;
    if (connection.phase === 'answer') connection.socket.destroy();
    else refuse(connection.socket);
    onUnfinished?.();
  };

  const look = () => {
    const now = performance.now();
    const unfinished: Held<Connection>[] = [];
    for (const connection of connections.values()) {
      // It had a second to read why.
      if (connection.isEnding) connection.socket.destroy();
      else if (update(connection, now)) unfinished.push(held(connection));
    }
    for (const connection of excessOf(unfinished, limits.unfinishedPerAddress, limits.unfinished))
      end(connection);
    makeRoom(now);
  };

  const makeRoom = (now: number) => {
    if (connections.size < limits.open * crowdedFrom || now - roomMadeAt < makeRoomEveryMs) return;
    roomMadeAt = now;
    const idle = [...connections.values()].filter((connection) => phaseOf(connection) === 'idle');
    const tooMany = connections.size - Math.floor(limits.open * crowdedTo);
    for (const { socket } of excessOf(idle.map(held), Number.POSITIVE_INFINITY, idle.length - tooMany))
      socket.destroy();
  };

  if (!options.areHandedOver) server.maxConnections = limits.open;
  server.on('drop', () => makeRoom(performance.now()));
  server.on('connection', (socket: Socket) => {
    if (connections.size >= limits.open) {
      socket.destroy();
      makeRoom(performance.now());
      return;
    }
    connections.set(socket, {
      socket,
      requests: 0,
      request: null,
      response: null,
      bytesAtRest: 0,
      isComplete: false,
      phase: 'idle',
      requestsAtLook: 0,
      since: performance.now(),
      isEnding: false,
    });
    socket.once('close', () => connections.delete(socket));
    makeRoom(performance.now());
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket);
    if (!connection) return;
    connection.requests += 1;
    connection.request = request;
    connection.response = response;
    connection.bytesAtRest = request.socket.bytesRead;
    connection.isComplete = false;
  };
  server.prependListener('request', onRequest);
  // After a pause of the process, what has come meanwhile is read before it is looked at.
  const timer = setInterval(() => setImmediate(look), lookEveryMs).unref();
  server.once('close', () => clearInterval(timer));
}

/** Notes what a connection is at; true when it is unfinished and was unfinished with the same request before. */
function update(connection: Connection, now: number): boolean {
  const { request, response, socket } = connection;
  if (request?.complete) {
    if (!connection.isComplete) connection.bytesAtRest = socket.bytesRead;
    connection.isComplete = true;
    if (response?.writableFinished && socket.writableLength === 0) {
      connection.request = null;
      connection.response = null;
    }
  }
  const phase = phaseOf(connection);
  const isSame = phase === connection.phase && connection.requests === connection.requestsAtLook;
  if (!isSame) connection.since = now;
  connection.phase = phase;
  connection.requestsAtLook = connection.requests;
  return isSame && (phase === 'head' || phase === 'body' || phase === 'answer');
}

function phaseOf({ socket, requests, request, response, bytesAtRest }: Connection): Phase {
  if (request && !request.complete) return 'body';
  if (response?.writableEnded && socket.writableLength > 0) return 'answer';
  if (response && !response.writableEnded) return 'working';
  return requests === 0 || socket.bytesRead > bytesAtRest ? 'head' : 'idle';
}
