import { createServer, type Socket } from 'node:net';
import pg from 'pg';

export interface TransactionPooler {
  readonly port: number;
  stop(): Promise<void>;
}

interface Upstream {
  readonly client: pg.Client;
  readonly stream: Socket;
}

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

/**
 * A small pooler that hands out server sessions by the transaction, as PgBouncer does. Like it, it refuses startup
 * parameters that it does not know, unless it is told to ignore them.
 */
export async function startTransactionPooler(
  url: string,
  options: { readonly ignoresParameters: boolean },
): Promise<TransactionPooler> {
  const all: Upstream[] = [];
  const idle: Upstream[] = [];
  const take = async (): Promise<Upstream> => {
    const free = idle.pop();
    if (free) return free;
    const client = new pg.Client(url);
    client.on('error', () => {});
    await client.connect();
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    stream.removeAllListeners('data');
    all.push({ client, stream });
    return { client, stream };
  };

  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let isGreeted = false;
    let current: Promise<Upstream> | null = null;
    socket.on('error', () => {});
    // Answers go out in pieces, and each would wait for the one before to be acknowledged.
    socket.setNoDelay(true);
    const forward = async (bytes: Buffer) => {
      current ??= take().then((upstream) => {
        let answered = Buffer.alloc(0);
        upstream.stream.on('data', (chunk: Buffer) => {
          answered = Buffer.concat([answered, chunk]);
          while (answered.length >= 5 && answered.length > answered.readInt32BE(1)) {
            const size = answered.readInt32BE(1) + 1;
            const isIdle = answered[0] === 0x5a && answered[5] === 0x49;
            socket.write(answered.subarray(0, size));
            answered = answered.subarray(size);
            if (!isIdle) continue;
            upstream.stream.removeAllListeners('data');
            idle.push(upstream);
            current = null;
          }
        });
        return upstream;
      });
      (await current).stream.write(bytes);
    };
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!isGreeted) {
        const isRefused = !options.ignoresParameters && received.includes('statement_timeout');
        received = Buffer.alloc(0);
        isGreeted = true;
        if (isRefused)
          return socket.end(
            message(
              'E',
              Buffer.from('SFATAL\0C08P01\0Munsupported startup parameter: statement_timeout\0\0'),
            ),
          );
        const key = Buffer.from([0, 0x7f, 0, 1, 0, 0, 0, 1]);
        return socket.write(
          Buffer.concat([message('R', Buffer.alloc(4)), message('K', key), message('Z', Buffer.from('I'))]),
        );
      }
      if (received[0] === 0x58) return socket.end();
      const bytes = received;
      received = Buffer.alloc(0);
      return void forward(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    async stop() {
      for (const { stream } of all) stream.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
