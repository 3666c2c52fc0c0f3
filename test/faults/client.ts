import { connect, type Socket } from 'node:net';

/** What one client was told, or how its connection ended before it was told anything. */
export interface Told {
  /** 0 when the connection broke or could not be made. */
  readonly status: number;
  readonly head: string;
  readonly text: string;
  readonly durationMs: number;
  /** Set with status 0. */
  readonly broke?: 'connecting' | 'waiting';
}

/** One client with one connection, which it keeps. Lean, so that many of them leave the processor to what is tested. */
export class Client {
  readonly #port: number;
  #socket: Socket | null = null;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  ask(parameters: object, headers = ''): Promise<Told> {
    const body = JSON.stringify(parameters);
    return this.send(
      `POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  send(request: string): Promise<Told> {
    const start = performance.now();
    return new Promise((resolve) => {
      const socket = this.#socket ?? this.#open();
      let received = '';
      let wasOpen = !socket.connecting;
      let length = -1;
      let bodyAt = 0;
      const end = (told: Omit<Told, 'durationMs'>) => {
        socket.off('data', read).off('close', broke);
        resolve({ ...told, durationMs: performance.now() - start });
      };
      const broke = () =>
        end({ status: 0, head: '', text: received, broke: wasOpen ? 'waiting' : 'connecting' });
      const read = (chunk: Buffer) => {
        // Latin-1 keeps one character for each byte, so that lengths can be compared.
        received += chunk.toString('latin1');
        if (length < 0) {
          bodyAt = received.indexOf('\r\n\r\n') + 4;
          if (bodyAt < 4) return;
          length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, bodyAt))?.[1] ?? 0);
        }
        if (received.length < bodyAt + length) return;
        const head = received.slice(0, bodyAt);
        if (/\r\nconnection: close/i.test(head)) this.leave();
        end({ status: Number(head.slice(9, 12)), head, text: received.slice(bodyAt, bodyAt + length) });
      };
      if (socket.connecting)
        socket.once('connect', () => {
          wasOpen = true;
        });
      socket.on('data', read).on('close', broke);
      socket.write(request);
    });
  }

  /** Closes the connection, whatever it is waiting for. */
  leave(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
    });
    this.#socket = socket;
    return socket;
  }
}

export type Kind = 'answer' | 'stale' | 'unavailable' | 'timeout' | 'other error' | 'broken';

/** What a client would make of it. */
export function kindOf({ status, text }: Told): Kind {
  if (status === 0) return 'broken';
  if (status === 304) return 'answer';
  if (!text.includes('"errors"')) return text.includes('"stale":true') ? 'stale' : 'answer';
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
  if (codes.every((code) => code === 'UNAVAILABLE')) return 'unavailable';
  return codes.every((code) => code === 'UNAVAILABLE' || code === 'TIMEOUT') ? 'timeout' : 'other error';
}

export function percentile(durations: readonly number[], share: number): number {
  const sorted = [...durations].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
