import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is wrong with the way. `hole` swallows everything and closes nothing, as a lost route does. */
export type Trouble =
  | 'none'
  | 'hole'
  | 'refuse'
  | { readonly latencyMs: number }
  | { readonly sliceBytes: number };

export interface FaultProxy {
  readonly port: number;
  /** The same address through the proxy. */
  through(url: string): string;
  /** From now on, for connections that are there and for new ones. What fell into a hole stays lost. */
  become(trouble: Trouble): void;
  /** Resets every connection that is there. */
  reset(): void;
  connections(): number;
  stop(): Promise<void>;
}

/** Stands between a gateway and its database, and does to their bytes what networks do. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  let trouble: Trouble = 'none';
  const pairs = new Set<readonly [Socket, Socket]>();

  const carry = (from: Socket, to: Socket) => {
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      const now = trouble;
      if (now === 'none') {
        before = before.then(() => void to.write(chunk));
        return;
      }
      if (now === 'hole') {
        // A connection that has lost bytes never gets well again.
        from.removeAllListeners('data');
        from.resume();
        return;
      }
      before = before.then(async () => {
        if (typeof now !== 'object') return;
        if ('latencyMs' in now) await sleep(now.latencyMs);
        const size = 'sliceBytes' in now ? now.sliceBytes : chunk.length;
        for (let at = 0; at < chunk.length; at += size) {
          to.write(chunk.subarray(at, at + size));
          if (size < chunk.length) await new Promise(setImmediate);
        }
      });
    });
    from.on('close', () => {
      if (trouble !== 'hole') void before.then(() => to.destroy());
    });
    from.on('error', () => {});
  };

  const server = createServer((client) => {
    client.setNoDelay(true);
    client.on('error', () => {});
    if (trouble === 'refuse') return void client.resetAndDestroy();
    if (trouble === 'hole') return void client.resume();
    const upstream = connect(target, '127.0.0.1').setNoDelay(true);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    carry(client, upstream);
    carry(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const reset = () => {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };
  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.port = String(port);
      return changed.href;
    },
    become(next) {
      trouble = next;
    },
    reset,
    connections: () => pairs.size,
    async stop() {
      trouble = 'none';
      reset();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
