import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { send, withGateway } from './gateway.js';
import { createRequests, randomFrom } from './random-requests.js';
import { createRawClient } from './raw-client.js';

/** How many requests are made: `FUZZ_REQUESTS=100000 npx vitest run test/security/fuzz.test.ts` makes more of them. */
const count = Number(process.env.FUZZ_REQUESTS ?? 2_000);
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
        const client = createRawClient(Number(new URL(gateway().url).port), patienceMs);
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
      const answered = count - (statuses.get(0) ?? 0);
      expect(statuses.get(200)).toBeGreaterThan(answered / 20);
      expect(statuses.get(400)).toBeGreaterThan(answered / 20);
      expect(gateway().lines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
      // Once the bounded caches have met enough of it, nothing grows.
      const [halfway = 0, last = 0] = [usedAt[4], usedAt.at(-1)];
      expect(last - halfway).toBeLessThan(count >= 50_000 ? 40 : 60);

      const { body } = await send(gateway().url, { query: '{ platformStats { totalPlays } }' });
      expect(body.data).toEqual({ platformStats: { totalPlays: 94 } });
    },
    count * 100 + 300_000,
  );
});
