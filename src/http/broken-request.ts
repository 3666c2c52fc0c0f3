import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { badRequest, type Fault, faultBody } from './fault.js';
import { requestIdHeader } from './request-id.js';

/** Answers what is not even HTTP, or stopped half way: there is no request and no reply then, only a socket. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const fault = faultOf(error.code);
  const requestId = randomUUID();
  const body = faultBody(fault, requestId);
  socket.end(
    [
      `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `${requestIdHeader}: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function faultOf(code: string | undefined): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return badRequest(408, 'The request: expected all of it in time, got a part.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return badRequest(431, 'The headers: expected at most 16 kB, got more.');
  return badRequest(400, 'The request: expected HTTP, got something else.');
}
