import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** The values of each header under its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Opens a connection of its own, hands `talk` what writes to it, and reads until the gateway closes it. */
export function rawExchange(url: string, talk: (write: (text: string) => void) => void): Promise<RawAnswer> {
  return startExchange(url, talk).answer;
}

/** The same; `started` settles with the first byte that comes back, such as those of `100 Continue`. */
export function startExchange(
  url: string,
  talk: (write: (text: string) => void) => void,
): { readonly started: Promise<void>; readonly answer: Promise<RawAnswer> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => talk((text) => socket.write(text)));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    started: new Promise((resolve) => socket.once('data', () => resolve())),
    answer: new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('latin1'))));
    }),
  };
}

export interface RawRequest {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The bytes of one request that asks for its connection to be closed. */
export function rawRequest({ method = 'GET', target, headers = {}, body }: RawRequest): string {
  const all = {
    host: 'gateway.test',
    connection: 'close',
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}

function parse(received: string): RawAnswer {
  const text = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    headers[name] ??= [];
    headers[name].push(line.slice(at + 1).trim());
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(end + 4) };
}
