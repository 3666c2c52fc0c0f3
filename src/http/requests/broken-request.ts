import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Answering, unrouted } from '../answers/exchange.js';
import { type Fault, faultBody, requestFault } from './fault.js';

/** The fault of a connection that is given up because too many requests are unfinished. */
export const tooManyUnfinished: NodeJS.ErrnoException = Object.assign(
  new Error('Too many requests are unfinished.'),
  { code: 'TOO_MANY_UNFINISHED' },
);

/** Answers what is not even HTTP, or stopped half way: there is no request and no reply then, only a socket. */
export function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Socket,
  answering: Answering,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const fault = faultOf(error.code);
  const requestId = randomUUID();
  const body = faultBody(fault, requestId);
  const headers = [
    ...answering.headersOf({ requestId, origin: undefined }),
    ...['content-type', 'application/json; charset=utf-8'],
    ...['content-length', String(Buffer.byteLength(body)), 'connection', 'close'],
  ];
  let head = `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}\r\n`;
  for (let n = 0; n < headers.length; n += 2) head += `${headers[n]}: ${headers[n + 1]}\r\n`;
  socket.end(`${head}\r\n${body}`);
  answering.metrics?.answered(unrouted, fault.status, 0);
  // A connection over its limit is already counted as UNFINISHED.
  if (error.code !== tooManyUnfinished.code) answering.metrics?.rejected(fault.code);
  answering.logAnswer({ requestId, route: unrouted, status: fault.status, durationMs: 0 });
}

function faultOf(code: string | undefined): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return requestFault(408, 'The request: expected all of it in time, got a part.');
  if (code === tooManyUnfinished.code)
    return requestFault(408, 'The request: expected all of it at once, got a part, with too many others.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return requestFault(431, 'The headers: expected at most 16 kB, got more.');
  return requestFault(400, 'The request: expected HTTP, got something else.');
}
