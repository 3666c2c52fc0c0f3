import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestWaitMs } from '../support/wait.js';
import { randomFrom } from './random-requests.js';
import { createRawClient } from './raw-client.js';
import { type Case, createCases, publishedDocuments } from './reading-cases.js';
import { type Ran, type ReadingGateway, startReadingGateway } from './reading-gateway.js';

/** `FUZZ_REQUESTS=1000000 npx vitest run test/security/reading.test.ts` makes more of them. */
const count = Number(process.env.FUZZ_REQUESTS ?? 4_000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const atOnce = 16;
/** What looks unfinished to the gateway gets no answer; so long is one waited for, in milliseconds, where one may not come. */
const patienceMs = longestWaitMs;
const mutatedPatienceMs = 300;

let gateway: ReadingGateway;
beforeAll(async () => {
  gateway = await startReadingGateway({ published: publishedDocuments });
});
afterAll(() => gateway?.close());

describe(`Requests that two readers could read differently (seed ${seed})`, () => {
  it(
    `run exactly what was guarded, or are refused: ${count} of them`,
    async () => {
      const next = createCases(randomFrom(seed));
      const statuses = new Map<number, number>();
      const twists = new Set<string>();
      const faults: string[] = [];
      let made = 0;
      const worker = async () => {
        const client = createRawClient(gateway.port, patienceMs);
        while (made < count && faults.length < 20) {
          made += 1;
          const each = next();
          // A request that may be unfinished must not become the beginning of the next one.
          const used = each.expected === null ? createRawClient(gateway.port, mutatedPatienceMs) : client;
          const { status, text } = await used.send(each.wire);
          if (used !== client) used.leave();
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          twists.add(each.twist);
          const fault = faultOf(each, status, text);
          if (fault) faults.push(`${each.twist}: ${fault}\n${each.wire}\n=> ${text.slice(0, 600)}`);
        }
        client.leave();
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      if (process.env.FUZZ_REQUESTS)
        process.stdout.write(
          `seed ${seed}: ${made} requests, ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, ${twists.size} kinds\n`,
        );
      expect(faults.slice(0, 3)).toEqual([]);
      expect(statuses.get(200)).toBeGreaterThan(count / 4);
      expect(statuses.get(400)).toBeGreaterThan(count / 10);
      expect(gateway.lines).toEqual([]);
    },
    count * 20 + 60_000,
  );
});

/** What is wrong with an answer; null when nothing is. */
function faultOf({ expected }: Case, status: number, text: string): string | null {
  if (status >= 500) return 'a fault of the gateway';
  const ran = listRuns(text);
  const unguarded = ran.find((each) => !gateway.wasAllowed(each.text));
  if (unguarded) return `ran what was not guarded: ${unguarded.text}`;
  if (expected === null) return null;
  if (expected === 'refused')
    return status >= 400 && ran.length === 0 ? null : `expected a refusal, got ${status}`;
  return status === 200 && ran.length === 1 && isDeepStrictEqual({ ...ran[0] }, { ...expected })
    ? null
    : `expected ${JSON.stringify(expected)}, got ${status} and ${JSON.stringify(ran)}`;
}

/** What an answer says was executed. */
function listRuns(text: string): readonly Ran[] {
  const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').toString();
  if (!body.startsWith('{')) return [];
  const { data } = JSON.parse(body) as { data?: Record<string, string> | null };
  return Object.values(data ?? {}).map((each) => JSON.parse(each) as Ran);
}
