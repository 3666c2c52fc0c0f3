import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { send, withGateway } from './gateway.js';
import { createRequests, randomFrom, type Wire } from './random-requests.js';

/** How many requests are made: `FUZZ_REQUESTS=100000 npx vitest run test/security/fuzz.test.ts` makes more of them. */
const count = Number(process.env.FUZZ_REQUESTS ?? 4_000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const atOnce = 8;
/** How long an answer may be waited for, in milliseconds; what looks unfinished to the gateway gets none. */
const patienceMs = 400;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function usedMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_000_000;
}

const gateway = withGateway({ LOG_LEVEL: 'warn' });

describe(`Requests that are almost right (seed ${seed})`, () => {
  it(
    `never break the gateway: ${count} of them`,
    async () => {
      const next = createRequests(randomFrom(seed));
      const statuses = new Map<number, number>();
      const faults: string[] = [];
      let made = 0;
      const usedAt: number[] = [];
      const worker = async () => {
        const client = createClient(Number(new URL(gateway().url).port));
        while (made < count) {
          made += 1;
          if (made % Math.ceil(count / 10) === 0) usedAt.push(usedMegabytes());
          const wire = next();
          const { status, text } = await client.send(wire);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status >= 500 || /INTERNAL_SERVER_ERROR|node_modules|"stack/.test(text))
            faults.push(`${wire.toString().slice(0, 1_500)}\n=> ${text.slice(0, 600)}`);
        }
        client.leave();
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      if (process.env.FUZZ_REQUESTS)
        process.stdout.write(
          `seed ${seed}: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, heap in MB: ${usedAt.map((used) => used.toFixed(0)).join(' ')}\n`,
        );
      expect(faults.slice(0, 3)).toEqual([]);
      // Not only refusals, and not only answers.
      expect(statuses.get(200)).toBeGreaterThan(count / 20);
      expect(statuses.get(400)).toBeGreaterThan(count / 20);
      expect(gateway().lines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
      // Once the bounded caches have met enough of it, nothing grows.
      const [halfway = 0, last = 0] = [usedAt[4], usedAt.at(-1)];
      expect(last - halfway).toBeLessThan(count >= 50_000 ? 40 : 60);

      const { body } = await send(gateway().url, { query: '{ platformStats { totalPlays } }' });
      expect(body.data).toEqual({ platformStats: { totalPlays: 94 } });
    },
    count * 20 + 60_000,
  );
});

interface Heard {
  /** 0 when the connection ended or stayed silent. */
  readonly status: number;
  readonly text: string;
}

/** One connection after the other, each used until it is closed or in doubt. */
function createClient(port: number) {
  let socket: Socket | null = null;
  const open = () => {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true });
    opened.on('error', () => {});
    return opened;
  };
  const send = (wire: Wire): Promise<Heard> =>
    new Promise((resolve) => {
      const used = socket ?? open();
      socket = used;
      let text = '';
      const end = (isOver: boolean) => {
        clearTimeout(timer);
        used.off('data', read).off('close', closed);
        if (!isOver || /^connection: close/im.test(text)) {
          used.destroy();
          socket = null;
        }
        resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
      };
      const closed = () => end(false);
      const read = (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const bodyAt = text.indexOf('\r\n\r\n') + 4;
        if (bodyAt < 4) return;
        const head = text.slice(0, bodyAt);
        if (/^HTTP\/1\.1 100 /.test(head)) {
          text = text.slice(bodyAt);
          return;
        }
        const length = /^content-length: (\d+)/im.exec(head)?.[1];
        const isWhole =
          /^HTTP\/1\.1 (304|204)/.test(head) ||
          (length !== undefined && text.length >= bodyAt + Number(length));
        if (isWhole || wire.toString('latin1', 0, 5) === 'HEAD ')
          end(text.length === bodyAt + Number(length ?? 0));
      };
      const timer = setTimeout(() => end(false), patienceMs);
      used.on('data', read).on('close', closed);
      used.write(wire);
    });
  return { send, leave: () => void socket?.destroy() };
}
