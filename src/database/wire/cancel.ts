import { connect } from 'node:net';
import type pg from 'pg';
import { driverOf } from './driver.js';

const cancelCode = 80_877_102;
const limitMs = 1_000;

/**
 * Asks the server, or the pooler in front of it, to end what a connection is waiting for, by the protocol's own
 * message over a connection of its own. Settles when the request was taken, could not be made, or took too long: there
 * is never an answer. The request may still find the next statement of that connection, which must therefore have none.
 */
export function cancelStatement(client: pg.ClientBase): Promise<void> {
  const { processID, secretKey, host, port } = driverOf(client);
  if (processID === null || secretKey === null) return Promise.resolve();
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(cancelCode, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${port}`)
      : connect({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(), limitMs);
    socket.once('connect', () => socket.end(message));
    socket.on('error', () => {});
    socket.resume();
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Ends a connection without waiting for the other side, who may never say anything again. */
export function destroyConnection(client: pg.ClientBase): void {
  driverOf(client).connection.stream.destroy();
}
