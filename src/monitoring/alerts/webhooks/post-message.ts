import type { LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Post {
  readonly url: URL;
  /** Where to connect to; the name of the host is not resolved again. */
  readonly addresses: readonly LookupAddress[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the request, whatever has come of it. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** As it was sent. */
  readonly retryAfter: string | null;
}

/** What is read of an answer, so that its sender can end it in order; nobody looks at it. */
const maxAnswerBytes = 65_536;
const maxHeaderBytes = 16_384;

/** Sends one POST over a connection of its own and gives what the answer begins with. Redirects are answers like others. */
export function postMessage({ url, addresses, headers, body, signal }: Post): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Answer | null = null;
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      lookup: lookupOf(addresses),
      maxHeaderSize: maxHeaderBytes,
      // Also where NODE_TLS_REJECT_UNAUTHORIZED says otherwise.
      rejectUnauthorized: true,
      signal,
    });
    request.on('response', (response) => {
      answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
      discard(response);
      response.once('close', () => resolve(answer as Answer));
    });
    // After the answer has begun it counts, however its connection ends.
    request.on('error', (error) => (answer ? resolve(answer) : reject(error)));
    request.end(body);
  });
}

function discard(response: IncomingMessage): void {
  let received = 0;
  response.on('error', () => {});
  response.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxAnswerBytes) response.destroy();
  });
}

function lookupOf(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
