import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, RequestRefused } from './fault.js';

/** The connection was closed before the body had come whole. */
export class ClientDisconnected extends Error {}

/**
 * Reads a whole body of at most `limit` bytes; what is left of a longer one is not read.
 * @throws RequestRefused (413), or ClientDisconnected
 */
export function readWhole(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (request.destroyed && !request.complete) {
      reject(new ClientDisconnected('The client disconnected before its request was read.'));
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = () => {
      request.off('data', add).off('end', finish).off('close', leave);
    };
    const add = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= limit) return;
      stop();
      reject(new RequestRefused(bodyTooLarge(limit)));
    };
    const finish = () => {
      stop();
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    const leave = () => {
      stop();
      reject(new ClientDisconnected('The client disconnected before its request was read.'));
    };
    request.on('data', add).once('end', finish).once('close', leave);
  });
}
