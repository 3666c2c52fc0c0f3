import { createHmac } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What a receiver was sent. */
export interface Received {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Answers the request with the given number, from 1 on. */
export type Respond = (response: ServerResponse, number: number, received: Received) => void;

export interface ReceiverServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/hook`, with https where there is a certificate. */
  readonly url: string;
  readonly received: readonly Received[];
  /** How many connections were made, whatever came over them. */
  connections(): number;
  close(): Promise<void>;
}

export interface ServerSettings {
  readonly host?: string;
  readonly port?: number;
  readonly certificate?: { readonly key: string; readonly cert: string };
}

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const ok: Respond = (response) => void response.writeHead(204).end();

/** A real receiver of webhooks on this machine. */
export async function startReceiver(
  respond: Respond = ok,
  { host = '127.0.0.1', port = 0, certificate }: ServerSettings = {},
): Promise<ReceiverServer> {
  const received: Received[] = [];
  let connections = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { type, data } = JSON.parse(body) as Pick<Received, 'type' | 'data'>;
      const { headers } = request;
      const read = (name: string) => String(headers[`webhook-${name}`]);
      const one = { id: read('id'), timestamp: read('timestamp'), signature: read('signature') };
      received.push({ ...one, headers, body, type, data });
      respond(response, received.length, received.at(-1) as Received);
    });
  };
  const server = certificate ? https.createServer(certificate, onRequest) : http.createServer(onRequest);
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `${certificate ? 'https' : 'http'}://${host}:${address.port}/hook/a-secret-path?token=a-secret-token`,
    received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The signature by the words of the specification. */
export function expectedSignature({ id, timestamp, body }: Received): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
